import { systemFiles, type SystemFiles } from './system-files.js';

/** What a lane was and did in a repeat, as far as its cores are concerned. */
export interface LaneLoad {
  /** The thread's number in the system; 0 where it is not known. */
  readonly thread: number;
  readonly computeNs: number;
}

/** For how long a lane had no core although it was ready, in ns. */
export interface TimeWithoutCore {
  /** In all, also while it woke up to take a lock or a task. */
  readonly queuedNs: number;
  /** While it computed, at least: computing beyond the processor time that the lane had. */
  readonly inComputingNs: number;
}

/** Processor time is counted when a thread's turn ends, or at a tick: it may lag by one, in ns. */
const TICK_NS = 10e6;

/** A thread's processor time, and the time that it was ready and had no core, in ns since it began. */
interface ThreadTimes {
  readonly processorNs: number;
  readonly delayNs: number;
}

/**
 * Measures for how long lanes had no core although they were ready. Linux counts both by thread, in
 * /proc/self/task/TID/schedstat (the kernel's Documentation/scheduler/sched-stats.rst): time on a core,
 * time queued for one. What a virtual machine's cores are taken away is in neither, so that computing
 * without processor time counts too. Other systems have the processor time of the whole process only:
 * what lanes computed beyond that is spread over them by their computing.
 */
export class QueueWatch {
  readonly #files: SystemFiles;
  readonly #processorNs: () => number;
  readonly #threads: ReadonlyMap<number, ThreadTimes>;
  readonly #startNs: number;

  /** Begins to measure. Only while all lanes rest. */
  constructor(files: SystemFiles = systemFiles, processorNs: () => number = ownProcessorNs) {
    this.#files = files;
    this.#processorNs = processorNs;
    this.#threads = new Map(
      files.list('/proc/self/task').flatMap((name) => {
        const times = this.#timesOf(Number(name));
        return times === undefined ? [] : [[Number(name), times] as const];
      }),
    );
    this.#startNs = processorNs();
  }

  /**
   * Returns for each lane how long it had no core since. Only while all lanes rest.
   *
   * @param suspendedNs time in which none could have had one, and which is not counted
   */
  timesWithoutCore(lanes: readonly LaneLoad[], suspendedNs: number): TimeWithoutCore[] {
    const byThread = lanes.map(({ thread, computeNs }) => {
      const before = this.#threads.get(thread);
      const now = this.#timesOf(thread);
      if (before === undefined || now === undefined) return undefined;
      const delayNs = now.delayNs - before.delayNs;
      const processorNs = now.processorNs - before.processorNs;
      const missingNs = computeNs - processorNs - suspendedNs - TICK_NS;
      return { queuedNs: Math.max(delayNs, missingNs), inComputingNs: Math.max(0, missingNs) };
    });
    const known = byThread.filter((time) => time !== undefined);
    return known.length === lanes.length ? known : this.#sharesOfProcess(lanes, suspendedNs);
  }

  #sharesOfProcess(lanes: readonly LaneLoad[], suspendedNs: number): TimeWithoutCore[] {
    const processorNs = this.#processorNs() - this.#startNs;
    const computing = lanes.filter(({ computeNs }) => computeNs > 0);
    const computeNs = computing.reduce((sum, lane) => sum + lane.computeNs, 0);
    const notCounted = computing.length * (suspendedNs + TICK_NS);
    const queuedNs = Math.max(0, computeNs - processorNs - notCounted);
    return lanes.map((lane) => {
      const own = computeNs === 0 ? 0 : Math.round((queuedNs * lane.computeNs) / computeNs);
      return { queuedNs: own, inComputingNs: own };
    });
  }

  #timesOf(thread: number): ThreadTimes | undefined {
    const text = this.#files.read(`/proc/self/task/${thread}/schedstat`) ?? '';
    const [processorNs = NaN, delayNs = NaN] = text.split(' ').map(Number);
    // A kernel without these statistics says 0 of a thread that has run.
    return processorNs > 0 && delayNs >= 0 ? { processorNs, delayNs } : undefined;
  }
}

/** Processor time of this process, all of its threads, in ns. */
export function ownProcessorNs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}
