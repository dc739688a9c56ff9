import type { ElectronApplication } from '@playwright/test';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';

/** What an application's processes took while something went on, as shares from 0 to 1. */
export interface ProcessorShares {
  /** The page's process, of all cores' time: script, layout, painting. */
  readonly page: number;
  /** The process that puts the window together, likewise. */
  readonly compositor: number;
  /** The main process's own thread, likewise, which drains the lanes and tells the page. */
  readonly mainThread: number;
  /**
   * Of the lanes' own time, that for which one could have computed and had no core: what a run is
   * slowed by, whatever the machine's other guests do to the speed of its cores.
   */
  readonly laneDelay: number;
}

/** Where the accounts stand: times in ms since each began. */
export interface Accounts {
  readonly atMs: number;
  readonly page: number;
  readonly compositor: number;
  /** The main process's threads by their number, its first one apart. */
  readonly mainThread: ThreadAccount;
  readonly threads: ReadonlyMap<string, ThreadAccount>;
}

interface ThreadAccount {
  readonly ranMs: number;
  /** It could have run, and had no core. */
  readonly delayedMs: number;
}

/** Reads the accounts. Those of threads are NaN where the system is not Linux, which tells them. */
export async function readAccounts(app: ElectronApplication): Promise<Accounts> {
  const { pid, metrics } = await app.evaluate(({ app: electron }) => ({
    pid: process.pid,
    metrics: electron
      .getAppMetrics()
      .map((metric) => ({ type: metric.type, ms: 1000 * (metric.cpu.cumulativeCPUUsage ?? NaN) })),
  }));
  const of = (type: string) =>
    metrics.filter((process) => process.type === type).reduce((sum, { ms }) => sum + ms, 0);
  const threads = await threadAccounts(pid);
  return {
    atMs: performance.now(),
    page: of('Tab'),
    compositor: of('GPU'),
    mainThread: threads.get(String(pid)) ?? UNKNOWN,
    threads: new Map([...threads].filter(([id]) => id !== String(pid))),
  };
}

const UNKNOWN: ThreadAccount = { ranMs: NaN, delayedMs: NaN };

/** A process's threads by their number; none where the system is not Linux. */
async function threadAccounts(pid: number): Promise<Map<string, ThreadAccount>> {
  const folder = `/proc/${pid}/task`;
  const accounts = new Map<string, ThreadAccount>();
  if (!existsSync(folder)) return accounts;
  for (const id of await readdir(folder)) {
    // A thread may have ended since it was listed.
    const text = await readFile(`${folder}/${id}/schedstat`, 'utf8').catch(() => undefined);
    const [ran = NaN, delayed = NaN] = (text ?? '').split(' ').map((ns) => Number(ns) / 1e6);
    if (text !== undefined) accounts.set(id, { ranMs: ran, delayedMs: delayed });
  }
  return accounts;
}

/** What was taken from one reading to the next, while so many lanes were busy. */
export function sharesBetween(before: Accounts, after: Accounts, lanes: number): ProcessorShares {
  const wallMs = after.atMs - before.atMs;
  const coreMs = wallMs * availableParallelism();
  const worked = [...after.threads]
    .map(([id, { ranMs, delayedMs }]) => ({
      ranMs: ranMs - (before.threads.get(id)?.ranMs ?? 0),
      delayedMs: delayedMs - (before.threads.get(id)?.delayedMs ?? 0),
    }))
    .sort((a, b) => b.ranMs - a.ranMs)
    .slice(0, lanes);
  const delayedMs =
    worked.length < lanes ? NaN : worked.reduce((sum, lane) => sum + lane.delayedMs, 0);
  return {
    page: (after.page - before.page) / coreMs,
    compositor: (after.compositor - before.compositor) / coreMs,
    mainThread: (after.mainThread.ranMs - before.mainThread.ranMs) / coreMs,
    laneDelay: delayedMs / (wallMs * lanes),
  };
}
