import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { ratioSpread, spreadOf } from '../measure/ratios.js';
import type { BareRun } from './bare.js';
import { spreadFigures, type Figures } from './figures.js';
import { readAccounts, sharesBetween, type ProcessorShares } from './processor-time.js';
import { fill, launch, openWindow, runButton, type Session } from './session.js';

/**
 * A run whose repeats last about a second, and so many of them that the window's work at the run's
 * start and end, which no repeat is slowed by, counts for little.
 */
const RUN = { matrices: 600, size: 64, warmup: 1, repeats: 9 } as const;

/**
 * What the window costs a run: its wall time on the command line, by the engine in a main process
 * without a window, and in the window, in turn, as ratios under `name`; how much longer the lanes
 * waited for a core in the window than without one; and what the processes took of all cores' time.
 */
export async function measureCost(
  name: string,
  rounds: number,
  scheduler: 'serial' | 'dynamic',
): Promise<Figures> {
  const threads = availableParallelism();
  await using bare = await launch(['out/bench/window/bare.js']);
  await using session = await openWindow(null);
  const { page } = session;
  await fill(page, {
    ...{ Matrices: RUN.matrices, 'Matrix size': RUN.size, Threads: threads },
    ...{ 'Warm-up': RUN.warmup, Repeats: RUN.repeats },
  });
  for (const [field, value] of Object.entries({ Scheduler: scheduler, 'Lock mode': 'none' })) {
    await page.getByRole('combobox', { name: field, exact: true }).selectOption(value);
  }
  const lanes = scheduler === 'serial' ? 1 : threads;
  const walls = { commandLine: [] as number[], bare: [] as number[], window: [] as number[] };
  const shares = { bare: [] as ProcessorShares[], window: [] as ProcessorShares[] };
  for (let round = 0; round < rounds; round += 1) {
    walls.commandLine.push(await commandLineWallMs(scheduler, threads));
    const before = await readAccounts(bare.app);
    walls.bare.push(
      await bare.app.evaluate(
        (_, parameters) => (globalThis as unknown as { bareRun: BareRun }).bareRun(parameters),
        { ...RUN, threads, scheduler, lock: 'none' as const },
      ),
    );
    shares.bare.push(sharesBetween(before, await readAccounts(bare.app), lanes));
    shares.window.push(await sharesWithin(session, lanes));
    walls.window.push(await windowWallMs(page));
  }
  return {
    ...spreadFigures(name, ratioSpread(walls.window, walls.commandLine)),
    ...spreadFigures(`${name}Process`, ratioSpread(walls.bare, walls.commandLine)),
    ...spreadFigures(`${name}Window`, ratioSpread(walls.window, walls.bare)),
    ...percentFigures(`${name}Delay`, extraDelays(shares)),
    ...percentFigures(`${name}Page`, shares.window.map(of('page'))),
    ...percentFigures(`${name}Compositor`, shares.window.map(of('compositor'))),
    ...percentFigures(`${name}MainThread`, shares.window.map(of('mainThread'))),
    ...percentFigures(`${name}BareThread`, shares.bare.map(of('mainThread'))),
  };
}

function of(name: keyof ProcessorShares): (shares: ProcessorShares) => number {
  return (shares) => shares[name];
}

/** How much longer the lanes waited for a core with a window than without, round by round. */
function extraDelays(shares: Readonly<Record<'bare' | 'window', ProcessorShares[]>>): number[] {
  return shares.window.map(
    ({ laneDelay }, round) => laneDelay - (shares.bare[round]?.laneDelay ?? NaN),
  );
}

function percentFigures(name: string, shares: readonly number[]): Figures {
  return spreadFigures(name, spreadOf(shares.map((share) => 100 * share)));
}

async function commandLineWallMs(scheduler: string, threads: number): Promise<number> {
  const { stdout } = await promisify(execFile)(
    process.env['GILSCOPE_ELECTRON'] ?? 'electron',
    [
      ...['out/main/cli.js', 'run', '--json', '-', '--lock', 'none', '--scheduler', scheduler],
      ...['--matrices', String(RUN.matrices), '--size', String(RUN.size)],
      ...['--warmup', String(RUN.warmup), '--repeats', String(RUN.repeats)],
      ...['--threads', String(threads)],
    ],
    { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, maxBuffer: 2 ** 28 },
  );
  const report = JSON.parse(stdout) as { summary: { wallNs: { median: number } } };
  return report.summary.wallNs.median / 1e6;
}

/** Runs to the end, and gives what was taken from the first repeats on to the last ones. */
async function sharesWithin({ app, page }: Session, lanes: number): Promise<ProcessorShares> {
  const ended = runWatched(page);
  await repeatSaid(page, 1);
  const before = await readAccounts(app);
  // The last one may be over before the window says that it has begun.
  await repeatSaid(page, RUN.repeats - 2);
  const after = await readAccounts(app);
  await ended;
  return sharesBetween(before, after, lanes);
}

/** Runs to the end, which the page itself waits for, as asking it again and again would cost. */
function runWatched(page: Page): Promise<void> {
  return runButton(page).evaluate(
    (button: HTMLButtonElement) =>
      new Promise<void>((resolve) => {
        let isOn = false;
        const observer = new MutationObserver(() => {
          if (isOn && !button.disabled) {
            observer.disconnect();
            resolve();
          }
          isOn = button.disabled;
        });
        observer.observe(button, { attributes: true });
        // As a click does; a caret that blinks in a field would be drawn twice a second.
        button.focus();
        button.click();
      }),
  );
}

/** Waits, in the page itself, until the summary says that a repeat, or a later one, is on. */
function repeatSaid(page: Page, wanted: number): Promise<void> {
  return page.getByRole('region', { name: 'Summary' }).evaluate(
    (summary, least) =>
      new Promise<void>((resolve) => {
        const observer = new MutationObserver(look);
        function look() {
          const [, repeat = 0] = /Repeat (\d+) of/.exec(summary.textContent) ?? [];
          if (Number(repeat) < least) return;
          observer.disconnect();
          resolve();
        }
        observer.observe(summary, { childList: true, characterData: true, subtree: true });
        look();
      }),
    wanted,
  );
}

/** Reads the median wall time of the run that was made last off the window's summary. */
async function windowWallMs(page: Page): Promise<number> {
  const text = (await page.getByRole('region', { name: 'Summary' }).textContent()) ?? '';
  const [, number = '', unit] = /([\d.,]+)\s*(s|ms)\b/.exec(text) ?? [];
  return Number(number.replace(',', '')) * (unit === 's' ? 1000 : 1);
}
