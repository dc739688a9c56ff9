import { describe, expect, it } from 'vitest';
import type { ProgramMeaning } from '../../../src/process/meaning.js';
import {
  functionTable,
  pairTable,
  rowText,
  threadTable,
} from '../../../src/renderer/programs/program-rows.js';

const times = { hold: 60, wait: 30, compute: 10, sleep: 0, blocked: 0, queued: 0 };
const MEANING: ProgramMeaning = {
  threads: [times, { ...times, hold: 0, wait: 0, compute: 0 }],
  functions: [
    {
      ...{ function: 'parse', file: '/work/app/main.py', line: 12 },
      ...{ heldNs: 2e6, causedWaitNs: 5e6, longestNs: 1e6, computeNs: 0 },
    },
  ],
  pairs: [{ holder: 'parse', waiter: 'draw', waitNs: 5e6 }],
  verdict: { code: 'gil-bound', message: '', figures: {} },
};
const texts = ({ rows }: ReturnType<typeof pairTable>) =>
  rows.map(({ cells }) => cells.map(({ shown }) => shown));

describe('tables of a program', () => {
  it('have a cell for each heading', () => {
    for (const table of [functionTable(MEANING), pairTable(MEANING), threadTable(MEANING, [])]) {
      for (const { cells } of table.rows) expect(cells).toHaveLength(table.headings.length);
    }
  });

  it('name functions with the line of their file, in brief and in full', () => {
    expect(texts(functionTable(MEANING))).toEqual([
      ['parse', '5.00 ms', '2.00 ms', '1.00 ms', '0 ns', 'main.py:12'],
    ]);
    const [row] = functionTable(MEANING).rows;
    expect(row && rowText(row)).toBe(
      'parse\t5.00 ms\t2.00 ms\t1.00 ms\t0 ns\t/work/app/main.py:12',
    );
  });

  it('have threads by their names, with the shares of their own time', () => {
    expect(texts(threadTable(MEANING, ['main', 'idle']))).toEqual([
      ['main', '60 %', '30 %', '10 %', '0 %', '0 %', '0 %'],
      ['idle', '0 %', '0 %', '0 %', '0 %', '0 %', '0 %'],
    ]);
  });

  it('of many threads have those with most time', () => {
    const threads = Array.from({ length: 500 }, (_, lane) => ({ ...times, hold: lane }));
    const { rows } = threadTable({ ...MEANING, threads }, []);
    expect(rows).toHaveLength(200);
    expect(rows[0]?.key).toBe('499');
  });
});
