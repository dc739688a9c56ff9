/**
 * Returns which parts fit into one line, taken in their order: one that is too wide leaves its room to
 * those after it.
 *
 * @param widthsPx the width of each part
 * @param gapPx the room between two parts
 * @param roomPx the line's width
 * @param first the part whose room is kept before all others take theirs, if any
 */
export function fitInLine(
  widthsPx: readonly number[],
  gapPx: number,
  roomPx: number,
  first = -1,
): readonly boolean[] {
  let usedPx = 0;
  const fits = (widthPx: number): boolean => {
    const endPx = usedPx + (usedPx > 0 ? gapPx : 0) + widthPx;
    if (endPx > roomPx) return false;
    usedPx = endPx;
    return true;
  };
  const firstPx = widthsPx[first];
  const firstFits = firstPx !== undefined && fits(firstPx);
  return widthsPx.map((widthPx, index) => (index === first ? firstFits : fits(widthPx)));
}
