import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { ElectronApplication, Page } from '@playwright/test';
import { ratioSpread, spreadOf } from '../measure/ratios.js';
import type { BareRun } from './bare.js';
import { spreadFigures, type Figures } from './figures.js';
import { fill, launch, openWindow, runButton } from './session.js';

/**
 * A run whose repeats last about a second, and so many of them that the window's work at the run's
 * start and end, which no repeat is slowed by, counts for little.
 */
const RUN = { matrices: 600, size: 64, warmup: 1, repeats: 9 } as const;

/** What the window took of all cores' time while a run was on, as shares from 0 to 1. */
interface WindowShares {
  /** The page's process: script, layout, painting. */
  readonly page: number;
  /** The process that puts the window together. */
  readonly compositor: number;
  /** The main process's own thread, which drains the lanes and tells the page. */
  readonly mainThread: number;
}

/**
 * What the window costs a run: its wall time on the command line, by the engine in a main process
 * without a window, and in the window, in turn, as ratios under `name`; and what the window's
 * processes took of all cores' time meanwhile.
 */
export async function measureCost(
  name: string,
  rounds: number,
  scheduler: 'serial' | 'dynamic',
): Promise<Figures> {
  const threads = availableParallelism();
  await using bare = await launch(['out/bench/window/bare.js']);
  await using session = await openWindow(null);
  const { app, page } = session;
  await fill(page, {
    ...{ Matrices: RUN.matrices, 'Matrix size': RUN.size, Threads: threads },
    ...{ 'Warm-up': RUN.warmup, Repeats: RUN.repeats },
  });
  for (const [field, value] of Object.entries({ Scheduler: scheduler, 'Lock mode': 'none' })) {
    await page.getByRole('combobox', { name: field, exact: true }).selectOption(value);
  }
  const walls = { commandLine: [] as number[], bare: [] as number[], window: [] as number[] };
  const shares: WindowShares[] = [];
  for (let round = 0; round < rounds; round += 1) {
    walls.commandLine.push(await commandLineWallMs(scheduler, threads));
    walls.bare.push(
      await bare.app.evaluate(
        (_, parameters) => (globalThis as unknown as { bareRun: BareRun }).bareRun(parameters),
        { ...RUN, threads, scheduler, lock: 'none' as const },
      ),
    );
    shares.push(await sharesDuring(app, () => runWatched(page)));
    walls.window.push(await windowWallMs(page));
  }
  return {
    ...spreadFigures(name, ratioSpread(walls.window, walls.commandLine)),
    ...spreadFigures(`${name}Process`, ratioSpread(walls.bare, walls.commandLine)),
    ...spreadFigures(`${name}Window`, ratioSpread(walls.window, walls.bare)),
    ...percentFigures(
      `${name}Page`,
      shares.map(({ page: share }) => share),
    ),
    ...percentFigures(
      `${name}Compositor`,
      shares.map(({ compositor }) => compositor),
    ),
    ...percentFigures(
      `${name}MainThread`,
      shares.map(({ mainThread }) => mainThread),
    ),
  };
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

/** Reads the median wall time of the run that was made last off the window's summary. */
async function windowWallMs(page: Page): Promise<number> {
  const text = (await page.getByRole('region', { name: 'Summary' }).textContent()) ?? '';
  const [, number = '', unit] = /([\d.,]+)\s*(s|ms)\b/.exec(text) ?? [];
  return Number(number.replace(',', '')) * (unit === 's' ? 1000 : 1);
}

async function sharesDuring(
  app: ElectronApplication,
  action: () => Promise<void>,
): Promise<WindowShares> {
  const before = await cpuMs(app);
  const start = performance.now();
  await action();
  const coreMs = (performance.now() - start) * availableParallelism();
  const after = await cpuMs(app);
  return {
    page: (after.page - before.page) / coreMs,
    compositor: (after.compositor - before.compositor) / coreMs,
    mainThread: (after.mainThread - before.mainThread) / coreMs,
  };
}

/** Processor time that the window has taken so far, in ms. */
async function cpuMs(app: ElectronApplication): Promise<WindowShares> {
  const { pid, cpu } = await app.evaluate(({ app: electron }) => ({
    pid: process.pid,
    cpu: electron
      .getAppMetrics()
      .map((metric) => ({ type: metric.type, ms: 1000 * (metric.cpu.cumulativeCPUUsage ?? NaN) })),
  }));
  const of = (type: string) =>
    cpu.filter((process) => process.type === type).reduce((sum, { ms }) => sum + ms, 0);
  return { page: of('Tab'), compositor: of('GPU'), mainThread: await threadCpuMs(pid) };
}

/** Processor time of a process's first thread, in ms, where Linux tells it; NaN elsewhere. */
async function threadCpuMs(pid: number): Promise<number> {
  const file = `/proc/${pid}/task/${pid}/schedstat`;
  if (!existsSync(file)) return NaN;
  return Number((await readFile(file, 'utf8')).split(' ')[0]) / 1e6;
}
