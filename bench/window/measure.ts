import type { Page } from '@playwright/test';
import { quantileOf } from '../measure/ratios.js';
import type { Cores } from '../measure/whole-cores.js';
import type { Figures } from './figures.js';
import {
  fill,
  firstRun,
  openWindow,
  runButton,
  takeWatched,
  untilPainted,
  watchFrames,
  type Session,
  type Watched,
} from './session.js';
import type { SyntheticEngine } from './synthetic-engine.js';
import { traceFrames } from './trace.js';

const LANES = 10;
/** How long each way of moving is watched, in ms. */
const MOVE_MS = 2000;
const LIVE_RATE = 200_000;
/** Chromium collects and gives back what is free in the seconds after work, in ms. */
const RECLAIMED_MS = 10_000;

/** Opens a kept run of so many spans and moves about in it. */
export async function measureKept(spans: number, cores: Cores): Promise<Figures> {
  await using session = await openWindow({ kind: 'kept', lanes: LANES, spans });
  const { page } = session;
  await page.evaluate(watchFrames);
  const emptyBytes = await memoryOf(session);
  await runButton(page).click();
  const run = firstRun(page);
  await run.waitFor();
  await runButton(page).and(page.locator(':enabled')).waitFor();
  await takeWatched(page);
  // Clicked in the page, as the driver's own click takes tens of milliseconds.
  const askedMs = await run.evaluate((button: HTMLElement) => {
    const now = performance.timeOrigin + performance.now();
    button.click();
    return now;
  });
  const drawnMs = await untilPainted(page, spans);
  const opening = await takeWatched(page);
  await page.waitForTimeout(300);
  const bytes = (await memoryOf(session)) - emptyBytes;
  const pan = await moveAbout(session, 'pan', cores);
  const zoom = await moveAbout(session, 'zoom', cores);
  return {
    openMs: drawnMs - askedMs,
    openLongestFrameMs: longestGap(opening.framesMs),
    bytesPerSpan: bytes / spans,
    panFps: pan.fps,
    panScriptP95Ms: pan.scriptP95Ms,
    panScriptCpuP95Ms: pan.scriptCpuP95Ms,
    panBusyP95Ms: pan.busyP95Ms,
    zoomFps: zoom.fps,
    zoomScriptP95Ms: zoom.scriptP95Ms,
    zoomScriptCpuP95Ms: zoom.scriptCpuP95Ms,
    zoomBusyP95Ms: zoom.busyP95Ms,
  };
}

/** Streams spans live for so many seconds. */
export async function measureLive(seconds: number): Promise<Figures> {
  const scene = { kind: 'live', lanes: LANES, spansPerSecond: LIVE_RATE, seconds } as const;
  await using session = await openWindow(scene);
  const { app, page } = session;
  await page.evaluate(watchFrames);
  // The scene's lock, under which one lane computes at a time and the others leave their cores.
  await page
    .getByRole('combobox', { name: 'Lock mode', exact: true })
    .selectOption('gil-switching');
  await runButton(page).click();
  await page.waitForTimeout(1000 * seconds);
  await runButton(page).and(page.locator(':enabled')).waitFor();
  await page.waitForTimeout(500);
  const { paints, framesMs } = await takeWatched(page);
  const { startedMs, spans } = await app.evaluate(() => {
    const { syntheticEngine } = globalThis as unknown as { syntheticEngine: SyntheticEngine };
    return { startedMs: syntheticEngine.startedMs, spans: syntheticEngine.spans };
  });
  const endMs = startedMs + 1000 * seconds;
  const during = paints.filter(({ atMs }) => atMs > startedMs + 500 && atMs < endMs);
  const behind = behindMs(during, startedMs);
  const frames = framesMs.filter((at) => at > startedMs + 500 && at < endMs);
  return {
    spansPerSecond: spans / seconds,
    dropped: spans - Math.max(0, ...paints.map((paint) => paint.spans)),
    fps: rateOf(frames),
    repaintsPerSecond: rateOf(during.map(({ atMs }) => atMs)),
    behindMedianMs: quantileOf(behind, 0.5),
    behindP95Ms: quantileOf(behind, 0.95),
    behindMaxMs: Math.max(...behind),
  };
}

/** From a click on Run to the first span drawn, with the product's engine; one for each round. */
export async function measureFirstSpan(rounds: number): Promise<number[]> {
  await using session = await openWindow(null);
  const { page } = session;
  await fill(page, { Matrices: 100, 'Matrix size': 64, 'Warm-up': 0 });
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.waitForTimeout(200);
    await takeWatched(page);
    const clickedMs = await runButton(page).evaluate((button: HTMLElement) => {
      const now = performance.timeOrigin + performance.now();
      button.click();
      return now;
    });
    const drawnMs = await untilPainted(page, 1);
    times.push(drawnMs - clickedMs);
    await runButton(page).and(page.locator(':enabled')).waitFor();
  }
  return times;
}

interface Moving {
  readonly fps: number;
  readonly scriptP95Ms: number;
  readonly scriptCpuP95Ms: number;
  readonly busyP95Ms: number;
}

/** Turns the wheel once a frame, and traces the frames: first the pace, then what each took. */
async function moveAbout(
  { app, page }: Session,
  way: 'pan' | 'zoom',
  cores: Cores,
): Promise<Moving> {
  await takeWatched(page);
  await turnWheel(page, way);
  const { paints } = await takeWatched(page);
  const { scriptMs, scriptCpuMs, busyMs } = await cores.measure(() =>
    traceFrames(app, () => turnWheel(page, way)),
  );
  return {
    fps: rateOf(paints.map(({ atMs }) => atMs)),
    scriptP95Ms: quantileOf(scriptMs, 0.95),
    scriptCpuP95Ms: quantileOf(scriptCpuMs, 0.95),
    busyP95Ms: quantileOf(busyMs, 0.95),
  };
}

function turnWheel(page: Page, way: 'pan' | 'zoom'): Promise<void> {
  return page.getByRole('group', { name: 'Timeline chart' }).evaluate(
    (chart, { ms, isZoom }) =>
      new Promise<void>((resolve) => {
        const box = chart.getBoundingClientRect();
        const place = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
        const start = performance.now();
        const turn = (delta: { deltaX?: number; deltaY?: number; ctrlKey?: boolean }) =>
          chart.dispatchEvent(
            new WheelEvent('wheel', { ...place, ...delta, bubbles: true, cancelable: true }),
          );
        // Half in, so that there is room to move; the other half of a zoom goes back out.
        if (!isZoom) for (let step = 0; step < 8; step += 1) turn({ deltaY: -20, ctrlKey: true });
        const frame = () => {
          const share = (performance.now() - start) / ms;
          if (share >= 1) {
            for (let step = 0; step < 40; step += 1) turn({ deltaY: 40, ctrlKey: true });
            resolve();
            return;
          }
          if (isZoom) turn({ deltaY: share < 0.5 ? -15 : 15, ctrlKey: true });
          else turn({ deltaX: share < 0.5 ? 12 : -12 });
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    { ms: MOVE_MS, isZoom: way === 'zoom' },
  );
}

/** What the page's process has in memory, in bytes, after a collection. */
async function memoryOf({ app, page }: Session): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  await page.waitForTimeout(RECLAIMED_MS);
  return app.evaluate(({ app: electron, BrowserWindow }) => {
    const pid = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId();
    const metric = electron.getAppMetrics().find((process) => process.pid === pid);
    return 1024 * (metric?.memory.workingSetSize ?? NaN);
  });
}

/** For each moment between paints, how far the picture was behind at the worst: just before each. */
function behindMs(paints: Watched['paints'], startedMs: number): number[] {
  return paints.slice(1).map(({ atMs }, index) => {
    const shownNs = paints[index]?.endNs ?? NaN;
    return atMs - startedMs - shownNs / 1e6;
  });
}

function rateOf(timesMs: readonly number[]): number {
  const first = timesMs[0] ?? NaN;
  const last = timesMs.at(-1) ?? NaN;
  return (1000 * (timesMs.length - 1)) / (last - first);
}

function longestGap(timesMs: readonly number[]): number {
  return Math.max(...timesMs.slice(1).map((at, index) => at - (timesMs[index] ?? NaN)));
}
