import { BLOCK, BLOCK_BYTES, DOUBLE, PAIR, QUAD, panelAddress } from './layout';
import { keepState, nextHigh, nextLow, startAt, stateHigh, stateLow, uniform } from './pcg64';

/**
 * Fills a matrix as NumPy does: A = uniform(-1, 1, (size, size)), row by row, then (A + A.T) / 2;
 * padding becomes zero. The draws begin with number `firstDraw` (a whole number) of the generator
 * seeded at `generator`, which is only read. Each element above the diagonal waits in its place
 * for the one below it, so that no room but the matrix's own is needed.
 *
 * Looks at the word at `attention` before each row. Returns 1 when the matrix is complete and 0
 * when the word was not zero, and the matrix is then unfinished.
 */
export function generate(
  matrix: usize,
  size: i32,
  stride: i32,
  generator: usize,
  firstDraw: f64,
  attention: usize,
): i32 {
  const blocks = stride / BLOCK;
  if (size < stride) clearLastColumn(matrix, blocks);
  startAt(generator, <u64>firstDraw);
  for (let row = 0; row < size; row++) {
    if (atomic.load<i32>(attention) != 0) return 0;
    drawRow(matrix, size, blocks, row, generator);
  }
  for (let panel = 0; panel < blocks; panel++) {
    symmetrizeBlock(panelAddress(matrix, blocks, panel));
  }
  return 1;
}

/**
 * Draws one row of A. Left of the diagonal block, each number meets the one above the diagonal and
 * the mean of the two stays; in the diagonal block and right of it, it is put down as it is.
 */
function drawRow(matrix: usize, size: i32, blocks: i32, row: i32, generator: usize): void {
  const plusLow = load<u64>(generator, 16);
  const plusHigh = load<u64>(generator, 24);
  const panel = row / BLOCK;
  const inBlock = <usize>(row % BLOCK);
  let low = stateLow;
  let high = stateHigh;

  // Block (0, panel), then (1, panel), ...; the panels get shorter by a block each.
  let block = matrix + <usize>panel * BLOCK_BYTES;
  let toNextPanel = <usize>(blocks - 1) * BLOCK_BYTES;
  for (let above = 0; above < panel; above++) {
    let cell = block + inBlock * DOUBLE;
    const end = cell + BLOCK_BYTES;
    do {
      high = nextHigh(low, high, plusLow, plusHigh);
      low = nextLow(low, plusLow);
      store<f64>(cell, 0.5 * (load<f64>(cell) + uniform(low, high)));
      cell += QUAD;
    } while (cell != end);
    block += toNextPanel;
    toNextPanel -= BLOCK_BYTES;
  }

  let quad = block + inBlock * QUAD;
  for (let column = panel * BLOCK; column < size; column += BLOCK) {
    let cell = quad;
    const end = cell + <usize>min(BLOCK, size - column) * DOUBLE;
    do {
      high = nextHigh(low, high, plusLow, plusHigh);
      low = nextLow(low, plusLow);
      store<f64>(cell, uniform(low, high));
      cell += DOUBLE;
    } while (cell != end);
    quad += BLOCK_BYTES;
  }
  keepState(low, high);
}

/** Zeroes the last block of each panel, which holds the padding columns and rows. */
function clearLastColumn(matrix: usize, blocks: i32): void {
  let end = matrix;
  for (let length = blocks; length > 0; length--) {
    end += <usize>length * BLOCK_BYTES;
    for (let pair = end - BLOCK_BYTES; pair != end; pair += PAIR) {
      v128.store(pair, f64x2.splat(0));
    }
  }
}

/** Makes a diagonal block B, stored whole, (B + B.T) / 2. */
function symmetrizeBlock(block: usize): void {
  for (let row: usize = 1; row < <usize>BLOCK; row++) {
    for (let column: usize = 0; column < row; column++) {
      const lower = block + row * QUAD + column * DOUBLE;
      const upper = block + column * QUAD + row * DOUBLE;
      const mean = 0.5 * (load<f64>(lower) + load<f64>(upper));
      store<f64>(lower, mean);
      store<f64>(upper, mean);
    }
  }
}
