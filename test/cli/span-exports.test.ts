import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { SPAN_CSV_COLUMNS } from '../../src/formats/span-csv.js';
import type { Report } from '../../src/experiment/report.js';
import type { LaneTotals } from '../../src/experiment/lane-totals.js';
import type { Span, SpanKind } from '../../src/recording/spans.js';
import { gilscope } from '../fixtures/command-line.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';
import { expectEachTaskOnce } from '../fixtures/span-laws.js';
import {
  eventsOf,
  expectPerfettoTakesAll,
  framesIn,
  readTrace,
  spansInTrace,
  type SpeedscopeFile,
  type TraceEvent,
} from '../fixtures/trace-files.js';

const SMALL = '--matrices 9 --size 12 --threads 2 --max-iterations 50 --repeats 2 --warmup 0';

let folder: string;

eachInFolder((made) => {
  folder = made;
});

describe('the spans that run writes', () => {
  it.each(['none', 'gil-held', 'gil-released', 'gil-switching', 'per-object'])(
    'tell the same as its report, under %s',
    async (lock) => {
      const { report, spans, events, speedscope } = await exportAll('run', '--lock', lock);
      expectPerfettoTakesAll(events);
      report.repeats.forEach(({ lanes }, repeat) => {
        const own = spans[repeat] ?? [];
        expectEachTaskOnce(own, 9);
        for (const totals of lanes) {
          const inLane = own.filter((span) => span.lane === totals.lane);
          expectTotals(inLane, totals);
          expect(spansInTrace(events, 1000 + repeat, totals.lane)).toEqual(inLane);
          const profile = speedscope.profiles[repeat * lanes.length + totals.lane];
          expect(profile && framesIn(speedscope, profile)).toMatchObject(
            inLane.map(({ kind, startNs, endNs }) => ({ kind, startNs, endNs })),
          );
        }
        if (lock === 'per-object') return;
        const heldNs = lanes.reduce((sum, { holdNs }) => sum + holdNs, 0);
        const shown = totalMicroseconds(eventsOf(events, 1000 + repeat, 'lock'));
        expect(shown).toBeCloseTo(heldNs / 1000, 2);
      });
    },
  );
});

it('compare writes the spans of all four ways', async () => {
  const { spans, events, speedscope } = await exportAll('compare');
  expectPerfettoTakesAll(events);
  expect(spans.flat().filter(({ kind }) => kind === 'task')).toHaveLength(4 * 2 * 9);
  expect(events.filter(({ name }) => name === 'task')).toHaveLength(4 * 2 * 9);
  expect(new Set(events.map(({ pid }) => pid)).size).toBe(4 * 2);
  expect(speedscope.profiles).toHaveLength((1 + 3 * 2) * 2);
});

describe('a part of the spans', () => {
  it('is a repeat of which a range is cut out', async () => {
    const { report } = await exportAll('run');
    const part = ['--repeat', '1', '--from', '0.001', '--to', '1e6'];
    const { spans, speedscope } = await exportAll('run', ...part);
    expect(Object.keys(spans)).toEqual(['1']);
    const times = (spans[1] ?? []).flatMap(({ startNs, endNs }) => [startNs, endNs]);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(1000);
    expect(speedscope.profiles).toHaveLength(report.repeats[1]?.lanes.length ?? NaN);
  });

  it('that begins after the end is refused once, and all else is written', async () => {
    const [csv, trace, speedscope] = ['csv', 'trace', 'speedscope'].map((kind) =>
      join(folder, kind),
    );
    const files = ['--csv', csv ?? '', '--trace', trace ?? '', '--speedscope', speedscope ?? ''];
    const words = ['run', ...SMALL.split(' '), ...files, '--from', '1e9'];
    const { code, stdout, stderr } = await gilscope(...words);
    expect(code).toBe(2);
    expect(stdout).toContain('Wall time');
    expect(stderr).toMatch(
      /^gilscope: from is 1000000000; the longest repeat ends at [\d.]+ ms \(--from\)\n$/,
    );
    expect(readdirSync(folder)).toEqual(['csv']);
  });
});

/** Runs a small experiment with every export of spans, and reads them all. */
async function exportAll(...words: string[]) {
  const pathOf = (kind: string) => join(folder, kind);
  const flags = ['json', 'spans', 'trace', 'speedscope'].flatMap((kind) => [
    `--${kind}`,
    pathOf(kind),
  ]);
  const end = await gilscope(...words, ...SMALL.split(' '), ...flags);
  expect(end).toMatchObject({ code: 0, stderr: '' });
  const read = (kind: string) => readFileSync(pathOf(kind), 'utf8');
  return {
    report: JSON.parse(read('json')) as Report,
    spans: readSpanCsv(read('spans')),
    events: readTrace(read('trace')),
    speedscope: JSON.parse(read('speedscope')) as SpeedscopeFile,
  };
}

/** Reads a CSV of spans, by the number of the repeat. */
function readSpanCsv(text: string): Span[][] {
  const rows = parse<Record<(typeof SPAN_CSV_COLUMNS)[number], string>>(text, { columns: true });
  const repeats: Span[][] = [];
  for (const row of rows) {
    (repeats[Number(row.repeat)] ??= []).push({
      lane: Number(row.lane),
      kind: row.kind as SpanKind,
      task: Number(row.task),
      startNs: Number(row.start_ns),
      endNs: Number(row.end_ns),
    });
  }
  return repeats;
}

/** A lane's spans are as many, and of each kind as long, as its report says. */
function expectTotals(spans: readonly Span[], totals: LaneTotals): void {
  expect(spans).toHaveLength(totals.spans);
  for (const kind of ['wait', 'hold', 'compute', 'sleep'] as const) {
    const own = spans.filter((span) => span.kind === kind);
    const sum = own.reduce((total, { startNs, endNs }) => total + endNs - startNs, 0);
    expect(sum).toBe(totals[`${kind}Ns`]);
  }
}

function totalMicroseconds(events: readonly TraceEvent[]): number {
  return events.reduce((sum, { dur = NaN }) => sum + dur, 0);
}
