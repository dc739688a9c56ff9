import type { ExperimentRecording } from '../../src/experiment/recording.js';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runComparison, spanBytesKept, type Engine } from '../../src/engine/index.js';
import { spanCsv } from '../../src/formats/span-csv.js';
import { traceEvents } from '../../src/formats/trace-events.js';
import { overviewOf } from '../../src/experiment/report.js';
import { SPAN_BYTES, spanCount } from '../../src/recording/spans.js';
import { builtEngine } from '../fixtures/engine.js';
import { smallRun } from '../fixtures/parameters.js';
import { spansOf } from '../fixtures/span-laws.js';

let engine: Engine;
beforeAll(async () => {
  engine = await builtEngine();
});
afterAll(async () => {
  await engine.close();
});

/** One lane alone with the lock: a hold an iteration, so always as many spans. */
const PARAMETERS = smallRun({
  ...{ scheduler: 'serial', lock: 'gil-released' },
  ...{ matrices: 6, maxIterations: 50, epsilon: Number.MIN_VALUE, repeats: 2 },
});
/** Of each repeat. */
const KEPT = 100;

async function completed(
  spanBytes?: number,
): Promise<{ record: ExperimentRecording; told: number }> {
  let told = 0;
  const listener = {
    onSpans: (_run: number, words: Float64Array<ArrayBuffer>) => {
      told += spanCount(words);
    },
  };
  const { record } = await engine.run(
    PARAMETERS,
    listener,
    spanBytes === undefined ? {} : { spanBytes },
  );
  if (record === null) throw new Error('a run that is not stopped has a record');
  return { record, told };
}

describe('a run with more spans than there is memory for', () => {
  it('keeps and tells the first of each repeat, and counts the rest as dropped', async () => {
    const { record: whole } = await completed();
    const { record, told } = await completed(KEPT * SPAN_BYTES * PARAMETERS.repeats);
    const [all = NaN] = whole.repeats.map(({ spanCounts }) => spanCounts[0]?.kept);
    expect(all).toBeGreaterThan(3 * KEPT);
    expect(whole.repeats.map(({ keptUntilNs }) => keptUntilNs)).toEqual([null, null]);
    for (const [number, { spanCounts, keptUntilNs }] of record.repeats.entries()) {
      expect(spanCounts).toEqual([{ kept: KEPT, dropped: all - KEPT }]);
      const spans = spansOf(record, number);
      expect(spans).toHaveLength(KEPT);
      expect(keptUntilNs).toBe(spans.at(-1)?.endNs);
    }
    expect(told).toBe(KEPT * PARAMETERS.repeats);
    expect(record.source.results).toEqual(whole.source.results);
  });

  it('has its tasks whole in the report and in every export, which say so', async () => {
    const { record } = await completed(KEPT * SPAN_BYTES * PARAMETERS.repeats);
    const { repeats, summary } = overviewOf(record);
    const codes = summary.warnings.map(({ code }) => code);
    expect(codes).toContain('kept-spans');
    expect(codes).not.toContain('dropped-spans');
    for (const [number, { lanes, keptUntilNs }] of repeats.entries()) {
      expect(keptUntilNs).toBeLessThan(record.repeats[number]?.wallNs ?? NaN);
      expect(lanes[0]?.tasks).toBe(PARAMETERS.matrices);
      expect(lanes[0]?.holdNs).toBeGreaterThan(heldIn(record, number));
    }
    const rows = parse<Record<string, string>>([...spanCsv([record])].join(''), { columns: true });
    const tasks = rows.filter(({ kind }) => kind === 'task');
    expect(tasks).toHaveLength(PARAMETERS.matrices * PARAMETERS.repeats);
    expect([...traceEvents([record])].join('')).toMatch(/repeat 1, spans kept to [\d.]+ .?s/);
  });

  it('keeps no span where there is memory for none', async () => {
    const { record, told } = await completed(0);
    expect(record.repeats.map(({ keptUntilNs }) => keptUntilNs)).toEqual([0, 0]);
    expect(told).toBe(0);
  });
});

it('a comparison keeps no more spans in all than there is memory for', async () => {
  const shares: number[] = [];
  const counted = {
    run: (...[parameters, listener, options]: Parameters<Engine['run']>) => {
      shares.push(options?.spanBytes ?? NaN);
      return engine.run(parameters, listener, options);
    },
    reserve: engine.reserve.bind(engine),
    stop: engine.stop.bind(engine),
  };
  await runComparison(counted, smallRun({ repeats: 2 }), { signal: new AbortController().signal });
  expect(shares).toHaveLength(8);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(
    spanBytesKept(engine.machine.memoryBytes),
  );
});

function heldIn(record: ExperimentRecording, repeat: number): number {
  return spansOf(record, repeat)
    .filter(({ kind }) => kind === 'hold')
    .reduce((sum, { startNs, endNs }) => sum + endNs - startNs, 0);
}
