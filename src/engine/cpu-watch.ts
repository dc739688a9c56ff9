import { availableParallelism, cpus, type CpuInfo } from 'node:os';

/** The coarsest tick by which systems count a core's time: Windows' 1/64 s; Linux has 1/100 s. */
const TICK_NS = 1e9 / 64;

/** What the system and the process say of the time spent on cores. */
export interface CpuSource {
  readonly cpus: () => readonly CpuInfo[];
  /** CPU time of this process, all of its threads, in microseconds. */
  readonly cpuUsage: () => NodeJS.CpuUsage;
  /** Cores that this process may use. */
  readonly availableParallelism: () => number;
}

const SYSTEM: CpuSource = { cpus, cpuUsage: () => process.cpuUsage(), availableParallelism };

/**
 * Measures what other processes used of the cores since it was made: what all cores were busy, less
 * what this process used. Linux, macOS and Windows all count both (os.cpus, process.cpuUsage); the
 * load average is not used, as Windows has none and elsewhere it lags by a minute.
 */
export class CpuWatch {
  readonly #source: CpuSource;
  readonly #busyNs: number;
  readonly #ownNs: number;

  constructor(source: CpuSource = SYSTEM) {
    this.#source = source;
    this.#busyNs = busyNs(source.cpus());
    this.#ownNs = ownNs(source.cpuUsage());
  }

  /**
   * CPU time of all other processes, in ns. Cores are counted in ticks, so that each may be off by
   * one: that is taken off, and what is left is a lower bound; 0 for what is too short to measure.
   * Null where this process is kept to some of the cores, as the others' load is then none of its
   * concern, and where the system lists no cores.
   */
  otherCpuNs(): number | null {
    const cores = this.#source.cpus();
    if (cores.length === 0 || this.#source.availableParallelism() < cores.length) return null;
    const own = ownNs(this.#source.cpuUsage()) - this.#ownNs;
    return Math.max(0, busyNs(cores) - this.#busyNs - own - cores.length * TICK_NS);
  }
}

/** Time that the cores did anything since the machine was started. */
function busyNs(cores: readonly CpuInfo[]): number {
  const busyMs = cores.reduce(
    (total, { times: { user, nice, sys, irq } }) => total + user + nice + sys + irq,
    0,
  );
  return busyMs * 1e6;
}

function ownNs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) * 1000;
}
