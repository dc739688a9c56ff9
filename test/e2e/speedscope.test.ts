import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import type { Comparison } from '../../src/experiment/comparison.js';
import type { Report } from '../../src/experiment/report.js';
import type { RepeatTotals } from '../../src/experiment/summary.js';
import type { LaneTotals } from '../../src/experiment/lane-totals.js';
import { gilscope } from '../fixtures/command-line.js';
import { expect, launch, test as base } from './app.js';

/** A profile: its name, and the total of each frame, in ns or as speedscope shows it. */
interface Profile<Total> {
  readonly name: string;
  readonly totals: Readonly<Record<string, Total>>;
}

interface Fixtures {
  /** The released speedscope, in a window of its own. */
  readonly speedscope: Page;
}

const test = base.extend<Fixtures>({
  speedscope: async ({ folder }, use) => {
    const app = await launch(folder, [
      'test/fixtures/page-window.mjs',
      resolve('node_modules/speedscope/dist/release/index.html'),
    ]);
    const page = await app.firstWindow();
    await page.getByText('Welcome to').waitFor();
    await use(page);
    await app.close();
  },
});

/** Speedscope's units of time. */
const UNITS_NS: Readonly<Record<string, number>> = { s: 1e9, ms: 1e6, µs: 1e3, ns: 1 };

const SMALL = '--matrices 12 --size 32 --max-iterations 400 --repeats 2 --warmup 0 --threads 2';
const RUNS = [
  '--scheduler dynamic --lock gil-held',
  '--scheduler dynamic --lock gil-released',
  '--scheduler static --lock none --threads 4 --matrices 3 --repeats 1',
  '--workload sleep --sleep 3 --lock gil-held',
  '--scheduler static --lock gil-switching --switch-interval 0.1 --size 128',
  '--scheduler dynamic --lock per-object',
  '--scheduler executor --lock gil-held',
];

for (const words of RUNS) {
  test(`reads the profiles of ${words}`, async ({ speedscope, folder }) => {
    const path = join(folder, 'lanes.speedscope.json');
    const report = await runWith(words, folder, '--speedscope', path);
    const shown = await importInto(speedscope, path);
    const expected = report.repeats.flatMap((repeat, number) =>
      repeat.lanes.map((lane) => ({
        name: `lane ${lane.lane}, ${repeatName(report, number)}`,
        totals: laneTotals(repeat, lane),
      })),
    );
    expectShown(shown, expected);
  });

  test(`reads the trace of ${words}`, async ({ speedscope, folder }) => {
    const path = join(folder, 'trace.json');
    const report = await runWith(words, folder, '--trace', path);
    const shown = await importInto(speedscope, path);
    const expected = report.repeats.flatMap((repeat, number) => {
      const process = `${repeatName(report, number)} (pid ${1000 + number})`;
      const lanes = repeat.lanes.map((lane) => ({
        name: `${process}, lane ${lane.lane} (tid ${lane.lane + 1})`,
        totals: laneTotals(repeat, lane),
      }));
      const holders = repeat.lanes.map(({ lane, holdNs }) => [`lane ${lane}`, holdNs] as const);
      // Many locks have no holder, and so no track.
      const isOneLock = report.params.lock !== 'per-object';
      const lock = {
        name: `${process}, lock (tid ${lanes.length + 1})`,
        totals: Object.fromEntries(holders),
      };
      // A thread without events is no profile.
      return [...lanes, ...(isOneLock ? [lock] : [])].filter(({ totals }) =>
        Object.values(totals).some((ns) => ns > 0),
      );
    });
    expectShown(shown, expected);
  });
}

test('reads the profiles of a comparison', async ({ speedscope, folder }) => {
  const [json, path] = ['comparison.json', 'lanes.speedscope.json'].map((name) =>
    join(folder, name),
  );
  const words = [...SMALL.split(' '), '--json', json ?? '', '--speedscope', path ?? ''];
  const { code, stderr } = await gilscope('compare', ...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { rows } = JSON.parse(readFileSync(json ?? '', 'utf8')) as Comparison;
  const shown = await importInto(speedscope, path ?? '');
  expectShown(
    shown,
    rows.flatMap((row, index) =>
      row.repeats.flatMap((repeat, number) =>
        repeat.lanes.map((lane) => ({
          name: `lane ${lane.lane}, ${repeatName(row, number, index + 1)}`,
          totals: laneTotals(repeat, lane),
        })),
      ),
    ),
  );
});

/** Runs a small experiment with an export, and gives its report. */
async function runWith(words: string, folder: string, ...exported: string[]): Promise<Report> {
  const json = join(folder, 'report.json');
  const flags = Object.entries({ ...valuesOf(SMALL), ...valuesOf(words) }).flat();
  const { code, stderr } = await gilscope('run', ...flags, '--json', json, ...exported);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(readFileSync(json, 'utf8')) as Report;
}

/** The values of flags, by the flags. */
function valuesOf(words: string): Record<string, string> {
  const pairs = words.matchAll(/(--\S+) (\S+)/g);
  return Object.fromEntries([...pairs].map(([, flag = '', value = '']) => [flag, value]));
}

function repeatName({ params }: Report, repeat: number, run = 1): string {
  return `run ${run} (${params.scheduler}/${params.lock}), repeat ${repeat}`;
}

/** The report's figures of a lane, by the frames that stand for them. */
function laneTotals({ wallNs }: RepeatTotals, lane: LaneTotals): Record<string, number> {
  return {
    task: wallNs - lane.idleNs,
    wait: lane.waitNs,
    hold: lane.holdNs,
    compute: lane.computeNs,
    sleep: lane.sleepNs,
  };
}

/**
 * Has speedscope import a file, and looks at the table of totals of every profile. Its importer
 * mends what is badly nested and says so; that fails the test.
 */
async function importInto(page: Page, path: string): Promise<Profile<string>[]> {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.locator('input[type=file]').setInputFiles(path);
  const place = page.getByText(/^\(\d+\/\d+\)$/);
  await place.waitFor();
  await page.keyboard.press('3');
  await page.getByText('Symbol Name').waitFor();
  const count = Number(/\d+\)$/.exec(await place.innerText())?.[0].slice(0, -1));
  const profiles: Profile<string>[] = [];
  for (let number = 1; number <= count; number += 1) {
    await expect(place).toHaveText(`(${number}/${count})`);
    const title = await place.locator('..').innerText();
    profiles.push({ name: title.replace(/ \(\d+\/\d+\)$/, ''), totals: await readTotals(page) });
    await page.keyboard.press('n');
  }
  expect(said.filter((text) => /Tried to end|still open/.test(text))).toEqual([]);
  return profiles;
}

/** Reads the table of totals: `20.44ms (81%)`, the frame's own time, its name. */
async function readTotals(page: Page): Promise<Record<string, string>> {
  await rowsPainted(page);
  const rows = await page
    .locator('tr')
    .evaluateAll((all) =>
      all.map((row) => Array.from(row.querySelectorAll('td'), (cell) => cell.textContent)),
    );
  const totals = rows.filter(([total]) => total?.endsWith('%)'));
  return Object.fromEntries(totals.map(([total = '', , name = '']) => [name, total]));
}

/** Waits for the frames in which a title's table gets its size, and then its rows. */
async function rowsPainted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  });
}

/** That what is shown is what is expected, to the digits that are shown. */
function expectShown(
  shown: readonly Profile<string>[],
  expected: readonly Profile<number>[],
): void {
  expect(shown.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
  shown.forEach(({ totals }, index) => {
    const figures = Object.entries(expected[index]?.totals ?? {}).filter(([, ns]) => ns > 0);
    expect(Object.keys(totals).sort()).toEqual(figures.map(([name]) => name).sort());
    for (const [name, ns] of figures) {
      const [, digits = '', unit = ''] = /^([\d.]+)(\D+) /.exec(totals[name] ?? '') ?? [];
      const unitNs = UNITS_NS[unit] ?? NaN;
      expect(Math.abs(Number(digits) - ns / unitNs)).toBeLessThan(0.0051);
    }
  });
}
