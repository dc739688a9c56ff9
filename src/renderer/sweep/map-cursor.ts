import type { MapLayout } from '../../sweep/heat-map.js';

/** The square of a map that the keyboard is at. */
export interface MapCursor {
  readonly column: number;
  readonly row: number;
}

/** How far each key goes, in columns and rows; to an end where infinite. */
const STEPS: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  Home: [-Infinity, 0],
  End: [Infinity, 0],
  PageUp: [0, -Infinity],
  PageDown: [0, Infinity],
};

/** Returns where a key leads to from a square; null where it is no key of the map. */
export function movedCursor(
  { column, row }: MapCursor,
  key: string,
  { columns, rows }: MapLayout,
): MapCursor | null {
  const step = Object.hasOwn(STEPS, key) ? STEPS[key] : undefined;
  if (step === undefined) return null;
  const within = (place: number, count: number) => Math.max(0, Math.min(count - 1, place));
  return {
    column: within(column + step[0], columns.length),
    row: within(row + step[1], rows.length),
  };
}

/** A square as far as the map has such a place. */
export function cursorWithin({ column, row }: MapCursor, { columns, rows }: MapLayout): MapCursor {
  return {
    column: Math.max(0, Math.min(columns.length - 1, column)),
    row: Math.max(0, Math.min(rows.length - 1, row)),
  };
}

/** The number of the cell at a square; null where the sweep has none there. */
export function cellAt({ column, row }: MapCursor, { rows }: MapLayout): number | null {
  return rows[row]?.cells[column] ?? null;
}
