import { commandLineOf } from '../python/proc.js';
import type { PythonProcess } from '../python/python-process.js';
import type { ProcessWarning, PythonFacts } from '../process/recording.js';
import type { Suspension } from '../recording/interruptions.js';
import { Labels } from './labels.js';
import { Lanes } from './lanes.js';
import type { SamplerMessage, SamplerSummary, SamplerTask } from './messages.js';
import { nextDueNs, type Pace } from './pacing.js';
import { Periods } from './periods.js';
import type { ProcessTree } from './process-tree.js';
import { SampledProcess } from './sampled-process.js';

/** Spans are handed on so often. */
const FLUSH_EVERY_NS = 33e6;
/** New processes are looked for so often, and more often until there is a first one. */
const TREE: Pace = { leastNs: 10e6, mostNs: 200e6, share: 1 / 50 };
const FIRST_TREE: Pace = { leastNs: 1e6, mostNs: 5e6, share: 1 / 10 };
/** A gap between two samples from here on is one in which the sampler stood still, and all with it. */
const SUSPENDED_NS = 200e6;

/** What a sampler needs from outside. */
export interface SamplerSurroundings {
  /** A monotonic clock in ns, Python's `perf_counter_ns`. */
  readonly now: () => number;
  readonly post: (message: SamplerMessage, transfer?: readonly ArrayBuffer[]) => void;
  /** Processor time that this thread has taken, in ns. */
  readonly cpuNs: () => number;
  /** Sleeps, or less where it is to stop. */
  readonly sleep: (ms: number) => void;
  readonly isStopped: () => boolean;
}

/** Samples a process and those that it starts until it is stopped or there is none left. */
export class Sampler {
  readonly #around: SamplerSurroundings;
  readonly #waits: boolean;
  readonly #isWatched: boolean;
  readonly #periodNs: number;
  readonly #tree: ProcessTree;
  readonly #startNs: number;
  readonly #startCpuNs: number;
  readonly #labels = new Labels();
  readonly #lanes: Lanes;
  readonly #periods = new Periods();
  readonly #processes = new Set<SampledProcess>();
  #found: readonly PythonFacts[] = [];
  readonly #warnings = new Map<string, ProcessWarning>();
  readonly #suspensions: Suspension[] = [];
  readonly #passed = { handoffs: 0, hidden: 0 };
  #samples = 0;
  #locks = 0;
  #lastNs: number | null = null;

  constructor(
    tree: ProcessTree,
    { rate, waits, isWatched }: Omit<SamplerTask, 'control'>,
    around: SamplerSurroundings,
  ) {
    this.#around = around;
    this.#waits = waits;
    this.#isWatched = isWatched;
    this.#periodNs = 1e9 / rate;
    this.#tree = tree;
    this.#startNs = around.now();
    this.#startCpuNs = around.cpuNs();
    this.#lanes = new Lanes(this.#startNs, (words) => {
      around.post({ type: 'spans', words }, [words.buffer]);
    });
  }

  /** Samples on an absolute schedule; returns what is known at the end. */
  run(): SamplerSummary {
    const { now, sleep, isStopped } = this.#around;
    let nextNs = this.#startNs;
    let flushNs = nextNs;
    let treeNs = nextNs;
    while (!isStopped()) {
      const timeNs = now();
      this.#sample(timeNs);
      if (timeNs >= treeNs) {
        if (!this.#lookForProcesses() && this.#isOver()) break;
        treeNs = nextDueNs(timeNs, now(), this.#found.length === 0 ? FIRST_TREE : TREE);
      }
      if (timeNs >= flushNs) {
        flushNs = timeNs + FLUSH_EVERY_NS;
        this.#flush();
        if (this.#isWatched) this.#showOpen(timeNs);
      }
      // Without a process to sample there is none to be late for.
      const periodNs = this.#processes.size > 0 ? this.#periodNs : FIRST_TREE.leastNs;
      nextNs = Math.max(nextNs + periodNs, now());
      sleep(Math.max(0, nextNs - now()) / 1e6);
    }
    return this.#end(now());
  }

  #sample(timeNs: number): void {
    const lastNs = this.#lastNs;
    if (lastNs !== null && timeNs - lastNs > SUSPENDED_NS) this.#suspend(lastNs, timeNs);
    else if (lastNs !== null && this.#processes.size > 0) this.#periods.add(timeNs - lastNs);
    this.#lastNs = timeNs;
    if (this.#processes.size > 0) this.#samples += 1;
    // What changed did so since the sample before: half-way between the two is off by least.
    const edgeNs = lastNs === null ? timeNs : Math.round((lastNs + timeNs) / 2);
    for (const process of this.#processes) {
      if (!process.sample(timeNs, edgeNs)) this.#lose(process, timeNs);
    }
  }

  /** What happened in a gap is not known. */
  #suspend(fromNs: number, toNs: number): void {
    this.#lanes.pause(fromNs);
    const [startNs, endNs] = [fromNs - this.#startNs, toNs - this.#startNs];
    this.#suspensions.push({ startNs, endNs, sleptNs: 0 });
  }

  /** Returns whether there is any process to sample. */
  #lookForProcesses(): boolean {
    for (const python of this.#tree.look()) this.#take(python);
    // What takes long here is no gap.
    this.#lastNs = this.#lastNs === null ? null : this.#around.now();
    return this.#processes.size > 0;
  }

  /** Without a process to sample: whether there will be none. */
  #isOver(): boolean {
    return !this.#tree.hasRoot || (!this.#waits && !this.#tree.isStarting);
  }

  #take(python: PythonProcess): void {
    const { pid, version, executable } = python;
    this.#processes.add(
      new SampledProcess(python, {
        lanes: this.#lanes,
        labels: this.#labels,
        now: this.#around.now,
        nextLock: () => this.#locks++,
      }),
    );
    const [gil] = python.gils();
    const facts: PythonFacts = {
      pid,
      command: commandLineOf(pid),
      python: version?.text ?? 'of an unknown version',
      executable,
      gil: gil === undefined ? 'absent' : gil.enabled ? 'enabled' : 'disabled',
    };
    this.#list(facts);
    this.#around.post({ type: 'found', python: facts });
  }

  /** Lists a program. Between its fork and its exec a child is its parent's copy: what it becomes takes its place. */
  #list(facts: PythonFacts): void {
    const copied = (own: PythonFacts) =>
      own.pid === facts.pid &&
      this.#found.some(
        ({ pid, command }) => pid !== own.pid && command.join('\0') === own.command.join('\0'),
      );
    this.#found = [...this.#found.filter((own) => !copied(own)), facts];
  }

  #lose(process: SampledProcess, timeNs: number): void {
    // Only now: until a program has begun, names cannot be told from wrong ones.
    const { namesMissing } = process.python;
    if (namesMissing !== null) this.#warn('names-missing', namesMissing, {});
    process.end(timeNs);
    this.#passed.handoffs += process.handoffs;
    this.#passed.hidden += process.hidden;
    this.#processes.delete(process);
    this.#tree.forget(process.python.pid);
  }

  #warn(code: string, message: string, figures: ProcessWarning['figures']): void {
    this.#warnings.set(`${code} ${message}`, { code, message, figures });
  }

  #flush(): void {
    const labels = this.#labels.takeNew();
    if (labels.length > 0) this.#around.post({ type: 'labels', labels });
    const changes = this.#isWatched ? this.#lanes.takeChanges() : [];
    if (changes.length > 0) this.#around.post({ type: 'threads', changes });
    this.#lanes.flush();
  }

  #showOpen(timeNs: number): void {
    this.#lanes.showOpen(timeNs, (words) => {
      this.#around.post({ type: 'open', words }, [words.buffer]);
    });
  }

  #end(timeNs: number): SamplerSummary {
    for (const process of this.#processes) this.#lose(process, timeNs);
    this.#flush();
    const { refused } = this.#lanes;
    if (refused > 0) {
      this.#warn('too-many-threads', 'there were more threads than a recording has lanes for', {
        refused,
      });
    }
    return {
      startMonotonicNs: this.#startNs,
      durationNs: timeNs - this.#startNs,
      samples: this.#samples,
      periodNs: this.#periods.figures,
      cpuNs: this.#around.cpuNs() - this.#startCpuNs,
      handoffs: this.#passed.handoffs,
      hiddenHandoffs: this.#passed.hidden,
      processes: this.#found,
      threads: this.#lanes.threads,
      hotLines: this.#labels.hotLines,
      spanCounts: this.#lanes.spanCounts,
      suspensions: this.#suspensions,
      warnings: [...this.#warnings.values()],
      refusal: this.#found.length > 0 ? null : (this.#tree.refusal?.message ?? null),
    };
  }
}
