import type { ExperimentRecording } from '../../src/experiment/recording.js';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taskCsv, taskCsvRowCount } from '../../src/formats/task-csv.js';
import { recordOf } from '../fixtures/records.js';

type Row = Record<'run' | 'repeat' | 'task' | 'eigenvalue', string>;

function textOf(...records: ExperimentRecording[]): string {
  return [...taskCsv(records)].join('');
}

/** Reads the text back as any program that knows CSV would; a row of another length throws. */
function rowsOf(...records: ExperimentRecording[]): Row[] {
  return parse(textOf(...records), { columns: true });
}

describe('the tasks as CSV', () => {
  it('has the columns in their order', () => {
    expect(textOf(recordOf()).split('\r\n')[0]).toBe(
      'run,repeat,lane,task,matrices,size,threads,scheduler,lock,seed,start_ns,end_ns,' +
        'wait_ns,hold_ns,compute_ns,iterations,converged,eigenvalue,rayleigh',
    );
  });

  it('has a row as it was', () => {
    const record = recordOf({ run: 3, waitNs: 25, capped: 9, parameters: { scheduler: 'static' } });
    expect(rowsOf(record)[12 + 8]).toEqual({
      run: '3',
      repeat: '1',
      lane: '1',
      task: '8',
      matrices: '12',
      size: '16',
      threads: '2',
      scheduler: 'static',
      lock: 'none',
      seed: '42',
      start_ns: '200',
      end_ns: '300',
      wait_ns: '25',
      hold_ns: '75',
      compute_ns: '75',
      iterations: '9',
      converged: 'false',
      eigenvalue: '8.5',
      rayleigh: '8.25',
    });
  });

  it('has each task once a repeat, in order, whatever the number', () => {
    const counts = [1, 999, 1000, 1001, 2500];
    for (const matrices of counts) {
      const record = recordOf({ parameters: { matrices }, walls: [1, 2, 3] });
      const places = rowsOf(record).map(({ repeat, task }) => `${repeat} ${task}`);
      const expected = [0, 1, 2].flatMap((repeat) =>
        Array.from({ length: matrices }, (_, task) => `${repeat} ${task}`),
      );
      expect(places).toEqual(expected);
      expect(taskCsvRowCount([record])).toBe(places.length);
    }
  });

  it('tells runs apart by their number', () => {
    const rows = rowsOf(recordOf({ run: 1, walls: [1] }), recordOf({ run: 2, walls: [1] }));
    expect(rows.map(({ run }) => run)).toEqual([
      ...Array<string>(12).fill('1'),
      ...Array<string>(12).fill('2'),
    ]);
  });

  it('has numbers that read back as the same number', () => {
    const record = recordOf({ walls: [1], parameters: { matrices: 1 } });
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        record.source.results.eigenvalue[0] = value;
        expect(Number(rowsOf(record)[0]?.eigenvalue)).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('leaves empty what is no number, and spells infinity as pandas knows it', () => {
    const record = recordOf({ walls: [1] });
    record.source.results.eigenvalue.set([NaN, Infinity, -Infinity]);
    const written = rowsOf(record).map(({ eigenvalue }) => eigenvalue);
    expect(written.slice(0, 4)).toEqual(['', 'inf', '-inf', '3.5']);
  });

  it('ends every line with CR and LF, also the last', () => {
    const text = textOf(recordOf());
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('is made in pieces of whole lines, none of them large', () => {
    const pieces = [...taskCsv([recordOf({ parameters: { matrices: 5000 } })])];
    expect(pieces.length).toBeGreaterThanOrEqual(10);
    for (const piece of pieces) {
      expect(piece.endsWith('\r\n')).toBe(true);
      expect(piece.length).toBeLessThan(200_000);
    }
  });
});
