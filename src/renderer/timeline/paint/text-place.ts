/** Room that a text keeps to the edges of the band it belongs to, in px. */
const PADDING_PX = 6;

/**
 * Where a text about the band from x to right begins: in the middle of the part that is in sight
 * where it fits in, else after the band, else before it; null where there is no room at all.
 */
export function textPlace(
  x: number,
  right: number,
  textWidth: number,
  widthPx: number,
): number | null {
  const left = Math.max(0, x);
  const end = Math.min(widthPx, right);
  const needed = textWidth + 2 * PADDING_PX;
  if (end - left >= needed) return (left + end - textWidth) / 2;
  if (end + needed <= widthPx) return end + PADDING_PX;
  if (left >= needed) return left - PADDING_PX - textWidth;
  return null;
}
