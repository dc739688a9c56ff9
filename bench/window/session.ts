import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Scene } from './synthetic-engine.js';

/** The window at work, and what was seen of its timeline. */
export interface Session extends AsyncDisposable {
  readonly app: ElectronApplication;
  readonly page: Page;
}

const START_TIMEOUT_MS = 20_000;

const WINDOW = { width: 1600, height: 1000 };

/** What the page notes down while it is watched; times in ms since 1970. */
export interface Watched {
  /** Each time that the timeline was painted: when it was done, and up to where in time. */
  readonly paints: readonly {
    readonly atMs: number;
    readonly endNs: number;
    readonly spans: number;
  }[];
  /** Each frame that the page began. */
  readonly framesMs: readonly number[];
}

/** Electron at work. */
interface Launched extends AsyncDisposable {
  readonly app: ElectronApplication;
}

/** Starts Electron on a program, with a profile that is removed afterwards. */
export async function launch(words: readonly string[]): Promise<Launched> {
  const folder = await mkdtemp(join(tmpdir(), 'gilscope-bench-'));
  const executablePath = process.env['GILSCOPE_ELECTRON'];
  const sandbox = process.env['GILSCOPE_NO_SANDBOX'] === '1' ? ['--no-sandbox'] : [];
  const start = (profile: string) =>
    _electron.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...sandbox, '--disable-gpu', `--user-data-dir=${join(folder, profile)}`, ...words],
      timeout: START_TIMEOUT_MS,
    });
  // Attaching to Electron as it starts can hang before any of the app runs.
  const app = await start('first').catch(() => start('second'));
  return {
    app,
    async [Symbol.asyncDispose]() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Opens the window on a scene of made-up spans, or on the product's own engine. */
export async function openWindow(scene: Scene | null): Promise<Session> {
  const launched = await launch(
    scene === null ? ['.'] : ['out/bench/window/main.js', JSON.stringify(scene)],
  );
  const { app } = launched;
  const page = await app.firstWindow();
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, WINDOW);
  await runButton(page).waitFor();
  await page.evaluate(watch);
  return { ...launched, page };
}

/** Fills in the form's numbers, by accessible name. */
export async function fill(page: Page, values: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await page.getByRole('spinbutton', { name, exact: true }).fill(String(value));
  }
}

/** The button that starts a run. */
export function runButton(page: Page) {
  return page.getByRole('button', { name: 'Run', exact: true });
}

/** The run that is first in the list. */
export function firstRun(page: Page) {
  return page
    .getByRole('list', { name: 'Runs' })
    .getByRole('listitem')
    .first()
    .getByRole('button')
    .first();
}

/** Takes what was watched since it was taken last. */
export function takeWatched(page: Page): Promise<Watched> {
  return page.evaluate(() => {
    const { watched } = globalThis as unknown as { watched: Watched };
    Object.assign(globalThis, { watched: { paints: [], framesMs: [] } });
    return watched;
  });
}

/** Waits, in the page, until the timeline is painted with at least so many spans. */
export function untilPainted(page: Page, spans: number): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const { watched } = globalThis as unknown as { watched: Watched };
          const paint = watched.paints.find((seen) => seen.spans >= wanted);
          if (paint === undefined) setTimeout(look, 5);
          else resolve(paint.atMs);
        };
        look();
      }),
    spans,
  );
}

/** Runs in the page: notes frames and the paints that the chart tells of (User Timing). */
function watch(): void {
  const none = { paints: [] as unknown[], framesMs: [] as number[] };
  Object.assign(globalThis, { watched: none });
  const watched = () => (globalThis as unknown as { watched: typeof none }).watched;
  new PerformanceObserver((list) => {
    for (const { startTime, duration, detail } of list.getEntries() as PerformanceMeasure[]) {
      const atMs = performance.timeOrigin + startTime + duration;
      watched().paints.push({ ...(detail as object), atMs });
    }
  }).observe({ type: 'measure' });
}

/** Runs in the page: notes its frames too, which makes it have one at every chance. */
export function watchFrames(): void {
  const watched = () => (globalThis as unknown as { watched: { framesMs: number[] } }).watched;
  const frame = () => {
    watched().framesMs.push(performance.timeOrigin + performance.now());
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
