import { describe, expect, it } from 'vitest';
import { markdownTable, spreadText } from '../../bench/markdown.js';
import type { WholeCoresTally } from '../../bench/measure/whole-cores.js';
import { readOptions } from '../../bench/options.js';
import { jsonReport, markdownHead, markdownSection } from '../../bench/report.js';
import { SECTION_NAMES } from '../../bench/sections/index.js';
import { NUMBA_SIZES } from '../../bench/sections/numba.js';
import { skipped } from '../../bench/section.js';
import { MACHINE } from '../fixtures/records.js';

const circumstances = {
  date: '2026-01-02T03:04:05.000Z',
  machine: MACHINE,
  loadBefore: 0.1,
  quick: false,
};

it('draws a table in Markdown that is aligned as it is', () => {
  const table = {
    headings: ['Size', 'ns'],
    rows: [
      ['16', '1.24 (1–2)'],
      ['1024', '7'],
    ],
  };
  expect(markdownTable(table)).toBe(
    [
      '| Size |         ns |',
      '| ---- | ---------: |',
      '| 16   | 1.24 (1–2) |',
      '| 1024 |          7 |',
    ].join('\n'),
  );
});

it('writes a spread with its ends', () => {
  expect(spreadText({ median: 1.236, min: 1, max: 2 })).toBe('1.24 (1.00–2.00)');
});

describe('readOptions', () => {
  it('measures all by default', () => {
    expect(readOptions([])).toEqual({
      only: SECTION_NAMES,
      numbaSizes: NUMBA_SIZES,
      pythons: ['/usr/bin/python3', 'python3', 'python'],
      quick: false,
      patienceMs: 600_000,
      json: undefined,
      markdown: undefined,
    });
  });

  it('takes sections in the order of the bench', () => {
    expect(readOptions(['--only', 'numba,kernel', '--quick']).only).toEqual(['kernel', 'numba']);
  });

  it('takes sizes in the order of the bench', () => {
    expect(readOptions(['--numba-sizes', '512,16']).numbaSizes).toEqual([16, 512]);
  });

  it('takes one Python in place of the usual ones', () => {
    expect(readOptions(['--python', '/opt/bin/python3']).pythons).toEqual(['/opt/bin/python3']);
  });

  it('names what it does not know', () => {
    expect(() => readOptions(['--numba-sizes', '16,17'])).toThrow('--numba-sizes has "17"');
    expect(() => readOptions(['--only', 'kernel,colour'])).toThrow('--only has "colour"');
    expect(() => readOptions(['--fast'])).toThrow('--fast');
  });

  it('takes minutes of patience, and has none for a quick bench', () => {
    expect(readOptions(['--patience', '0.5']).patienceMs).toBe(30_000);
    expect(readOptions(['--quick']).patienceMs).toBe(0);
    for (const text of ['-1', 'long', '', 'Infinity']) {
      expect(() => readOptions([`--patience=${text}`])).toThrow(`--patience has "${text}"`);
    }
  });
});

it('says of a section that was skipped why', () => {
  const cores = { whole: 0, shared: 0, discarded: 0, mostRate: 90.4 };
  const what = { name: 'numba', title: 'Against Numba', cores } as const;
  const findings = { ...what, ...skipped('there is none.') };
  expect(markdownSection(findings)).toBe('### Against Numba\n\nSkipped: there is none.\n');
  expect(JSON.parse(jsonReport(circumstances, [findings]))).toMatchObject({
    schema: 'gilscope.bench/1',
    machine: MACHINE,
    sections: { numba: { skipped: 'there is none.', cores } },
  });
});

it('says on what cores a section was measured', () => {
  const told = (cores: WholeCoresTally) =>
    markdownSection({ name: 'costs', title: 'Costs', figures: {}, tables: [], notes: [], cores });
  expect(told({ whole: 7, shared: 0, discarded: 0, mostRate: 90.4 })).toBe(
    '### Costs\n\nOf 7 measurements, pair by pair or round by round, 7 were on whole cores (90.4 GB/s).\n',
  );
  expect(told({ whole: 5, shared: 2, discarded: 9, mostRate: 90.4 })).toContain(
    '5 were on whole cores (90.4 GB/s); 9 more were discarded, as a core was shared.',
  );
});

it('warns of figures that are not to be kept', () => {
  expect(markdownHead(circumstances)).not.toMatch(/busy|quick/);
  expect(markdownHead({ ...circumstances, loadBefore: 3 })).toContain('a load of 3.0');
  expect(markdownHead({ ...circumstances, quick: true })).toContain('--quick');
});
