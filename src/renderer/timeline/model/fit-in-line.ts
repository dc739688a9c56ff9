/**
 * Returns which parts fit into one line, taken in their order: one that is too wide leaves its room to
 * those after it.
 *
 * @param widthsPx the width of each part
 * @param gapPx the room between two parts
 * @param roomPx the line's width
 */
export function fitInLine(
  widthsPx: readonly number[],
  gapPx: number,
  roomPx: number,
): readonly boolean[] {
  let usedPx = 0;
  return widthsPx.map((widthPx) => {
    const endPx = usedPx + (usedPx > 0 ? gapPx : 0) + widthPx;
    if (endPx > roomPx) return false;
    usedPx = endPx;
    return true;
  });
}
