/**
 * How a symmetric matrix lies in memory. The upper triangle is stored in blocks of 4 x 4 doubles
 * (128 bytes, two cache lines), each block row by row, and the blocks panel by panel: a panel is
 * the 4 rows of a block row, from the diagonal block on to the right. With 3 blocks a side:
 *
 *     | 0 1 2 |     block 0, 1, 2   panel 0: rows 0 to 3, columns 0 to 11
 *     | . 3 4 |     block 3, 4      panel 1: rows 4 to 7, columns 4 to 11
 *     | . . 5 |     block 5         panel 2: rows 8 to 11, columns 8 to 11
 *
 * Diagonal blocks are stored whole. Rows and columns from the size up to the stride are padding
 * and zero. So the product reads a matrix as one contiguous stream, half as long as all n x n.
 */

/** Rows and columns of a block. */
const BLOCK = 4;

/** Doubles of a block. */
const BLOCK_LENGTH = BLOCK * BLOCK;

/** Doubles that a vector of `size` takes: the size, rounded up to whole blocks. */
export function strideOf(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

/** Doubles that a symmetric matrix of `size` x `size` takes: m (m + 1) / 2 blocks of m a side. */
export function matrixLength(size: number): number {
  const blocks = strideOf(size) / BLOCK;
  return ((blocks * (blocks + 1)) / 2) * BLOCK_LENGTH;
}

/** Where the element at (`row`, `column`) of a matrix lies, in doubles from the matrix's start. */
export function elementIndex(size: number, row: number, column: number): number {
  const blocks = strideOf(size) / BLOCK;
  const panel = Math.floor(row / BLOCK);
  const block = Math.floor(column / BLOCK);
  if (panel > block) return elementIndex(size, column, row);
  // Panels before this one have `blocks`, `blocks - 1`, ... blocks.
  const blocksBefore = panel * blocks - (panel * (panel - 1)) / 2;
  const inBlock = (row % BLOCK) * BLOCK + (column % BLOCK);
  return (blocksBefore + block - panel) * BLOCK_LENGTH + inBlock;
}
