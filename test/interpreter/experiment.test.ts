import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SYSTEM_PYTHON } from '../fixtures/pythons.js';
import { referenceMatrix } from '../reference/index.js';

/** Has the program's own functions make matrices, and writes them as doubles. */
const WRITE_MATRICES = `
import runpy, struct, sys
path, seed, matrices, size = sys.argv[1], *map(int, sys.argv[2:])
made = runpy.run_path(path, run_name='taken')['plain_matrices'](seed, matrices, size)
for matrix in made:
    for row in matrix:
        sys.stdout.buffer.write(struct.pack('<%dd' % size, *row))
`;

const PROGRAM = resolve('src/interpreter/experiment.py');

describe('the matrices of plain Python', () => {
  it.each([
    { seed: 42, count: 3, size: 5 },
    { seed: 0, count: 1, size: 1 },
    { seed: Number.MAX_SAFE_INTEGER, count: 2, size: 8 },
    { seed: 2 ** 32, count: 2, size: 3 },
  ])('are those of NumPy, bit for bit: $seed, $count of $size', ({ seed, count, size }) => {
    const words = [WRITE_MATRICES, PROGRAM, seed, count, size].map(String);
    const bytes = execFileSync(SYSTEM_PYTHON, ['-c', ...words]);
    const expected = Array.from({ length: count }, (_, index) =>
      Buffer.from(referenceMatrix(seed, count, size, index).buffer),
    );
    expect(bytes).toEqual(Buffer.concat(expected));
  });
});
