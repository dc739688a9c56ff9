// How matrices and vectors lie in memory; src/memory/stride.ts draws it for the other side.

/** Bytes of a double. */
export const DOUBLE: usize = 8;

/** Bytes of two doubles, which one SIMD register holds. */
export const PAIR: usize = 16;

/** Rows, and columns, of a block of a matrix. */
export const BLOCK: i32 = 4;

/** Bytes of 4 doubles: a row of a block, or a block of a vector. */
export const QUAD: usize = 32;

/** Bytes of a block of 4 x 4 doubles. */
export const BLOCK_BYTES: usize = 128;

/** Where a panel, the 4 rows from the diagonal block on, begins in a matrix of `blocks` a side. */
export function panelAddress(matrix: usize, blocks: i32, panel: i32): usize {
  const blocksBefore = panel * blocks - ((panel * (panel - 1)) >> 1);
  return matrix + <usize>blocksBefore * BLOCK_BYTES;
}
