import {
  runSweep,
  type RunEngine,
  type SweepListener,
  type SweepProgress,
} from '../../engine/index.js';
import type { Progress } from '../../experiment/progress.js';
import { isExperiment, type ExperimentRecording } from '../../experiment/recording.js';
import type { RequestOf, ResponseOf, StreamMessage } from '../../ipc/index.js';
import { cellsOf, type Axes, type Cell } from '../../sweep/axes.js';
import { findingsOf } from '../../sweep/find.js';
import type { SweepFindings } from '../../sweep/findings.js';
import { WHOLE, type SweepPlan } from '../../sweep/plan.js';
import { failureOf } from '../failures.js';
import { newEntry, runOfCell } from '../recordings/entries.js';
import type { EntryList } from '../recordings/entry-list.js';
import { recordedOf } from '../recordings/recorded.js';
import type { Session } from '../recordings/session.js';
import { exportSweep } from './export-sweep.js';
import { inSlices } from './in-slices.js';
import { busyLanes } from './pace.js';
import type { Pacer } from './pacer.js';
import type { SpanStream } from './span-stream.js';

/** What is found so far is worked out between rounds, for at most that share of a sweep's time. */
const FINDING_SHARE = 1 / 50;

/** What sweeps are measured with and kept in. */
export interface SweepParts {
  readonly engine: Promise<RunEngine>;
  readonly stream: SpanStream;
  readonly pacer: Pacer;
  readonly session: Session;
  readonly entries: EntryList;
}

/** The sweeps of this session: measures them by rounds, and keeps the recordings of their cells. */
export class SweepService {
  readonly #parts: SweepParts;

  constructor(parts: SweepParts) {
    this.#parts = parts;
  }

  /**
   * Starts a sweep; what becomes of it is reported on the stream.
   *
   * @throws EngineBusyError where something is running already
   */
  async start(axes: Axes): Promise<void> {
    const { session, pacer } = this.#parts;
    const engine = await this.#parts.engine;
    const signal = session.begin();
    const cells = cellsOf(axes);
    const first = session.number(cells.length);
    pacer.begin(busyLanes(mostThreads(cells)), engine.machine.usableCores);
    session.tell({ type: 'sweeping', sweep: first, axes, findings: null });
    void this.#measure(engine, axes, first, signal).then(({ message, recordings }) => {
      session.end();
      pacer.end();
      if (message.recorded === null) session.giveBack(first);
      session.tell(message);
      for (const recording of recordings) session.keep(runOfCell(first, recording), recording);
    });
  }

  /**
   * Returns the recording of a cell, which is not sent to the page with its sweep.
   *
   * @throws Error where there is none of that number
   */
  cell(run: number): ResponseOf<'sweptCell'> {
    const recording = this.#parts.session.recording(run);
    const hasSpans = recording.repeats.every(({ spans }) => spans.length > 0);
    return { recorded: recordedOf(run, recording), hasSpans };
  }

  /**
   * Asks where to, and exports a sweep.
   *
   * @throws Error where there is no such entry, or as of `exportSweep`
   */
  async export({ id, format }: RequestOf<'exportSweep'>): Promise<ResponseOf<'exportSweep'>> {
    const { entries, session } = this.#parts;
    const { entry, besides } = entries.of(id);
    const { sweep } = besides;
    if (sweep === null) throw new Error(`Entry ${id} of the list is no sweep.`);
    const recordings = entry.runs.map((run) => session.recording(run)).filter(isExperiment);
    return exportSweep(sweep.plan.axes, recordings, format);
  }

  /** Measures a sweep. Returns what is to be told of its end, and the recordings of its cells. */
  async #measure(
    engine: RunEngine,
    axes: Axes,
    first: number,
    signal: AbortSignal,
  ): Promise<{
    message: StreamMessage & { type: 'swept' };
    recordings: readonly ExperimentRecording[];
  }> {
    const swept = { type: 'swept', sweep: first, axes } as const;
    const plan: SweepPlan = { axes, untilShare: null };
    const reports = new RoundReports(this.#parts, axes, first);
    try {
      const task = { plan, shard: WHOLE, done: [] };
      const { end, recordings } = await runSweep(engine, task, { signal, listener: reports });
      const outcome = end === 'stopped' ? 'stopped' : 'done';
      if (recordings.length === 0) {
        return { message: { ...swept, outcome, recorded: null, failure: null }, recordings };
      }
      const findings = await reports.of(recordings);
      const runs = recordings.map((recording) => runOfCell(first, recording));
      const entry = newEntry('sweep', runs, new Date());
      const sweep = { plan, parts: [WHOLE] };
      this.#parts.entries.add(entry, null, wallNsOf(recordings), { sweep });
      const recorded = { entry, machine: engine.machine, findings };
      return { message: { ...swept, outcome, recorded, failure: null }, recordings };
    } catch (error) {
      const failure = failureOf(error);
      return { message: { ...swept, outcome: 'failed', recorded: null, failure }, recordings: [] };
    }
  }
}

/** Tells the page where a sweep is, and after a round what it found so far, unless that takes too long. */
class RoundReports implements SweepListener {
  readonly #parts: SweepParts;
  readonly #axes: Axes;
  readonly #first: number;
  #findings: SweepFindings | null = null;
  #dueMs = -Infinity;

  constructor(parts: SweepParts, axes: Axes, first: number) {
    this.#parts = parts;
    this.#axes = axes;
    this.#first = first;
  }

  onProgress(now: SweepProgress, progress: Progress): void {
    const { stream, pacer } = this.#parts;
    const { cell, ...at } = now;
    const pace = pacer.look();
    const sweep = this.#first;
    stream.sendNews({ type: 'sweepProgress', sweep, cell: cell.cell, ...at, progress, pace });
  }

  async onRound(recordings: () => readonly ExperimentRecording[]): Promise<void> {
    const beganMs = performance.now();
    if (beganMs < this.#dueMs) return;
    const axes = this.#axes;
    const findings = await this.of(recordings());
    this.#parts.session.tell({ type: 'sweeping', sweep: this.#first, axes, findings });
    const endedMs = performance.now();
    this.#dueMs = endedMs + (endedMs - beganMs) / FINDING_SHARE;
  }

  /** What was found by these recordings. */
  async of(recordings: readonly ExperimentRecording[]): Promise<SweepFindings> {
    const rounds = Math.min(...recordings.map(({ repeats }) => repeats.length));
    if (this.#findings?.rounds !== rounds) {
      this.#findings = await inSlices(findingsOf(this.#axes, recordings));
    }
    return this.#findings;
  }
}

/** The parameters with the most lanes, by which the window's pace goes. */
function mostThreads(cells: readonly Cell[]) {
  const [first, ...others] = cells.map(({ parameters }) => parameters);
  if (first === undefined) throw new RangeError('a sweep has a cell');
  return others.reduce((most, each) => (each.threads > most.threads ? each : most), first);
}

function wallNsOf(recordings: readonly ExperimentRecording[]): number {
  return recordings
    .flatMap(({ repeats }) => repeats)
    .reduce((total, { wallNs }) => total + wallNs, 0);
}
