import type { LockModeName } from '../../src/experiment/parameters.js';
import { ratioSpread, spreadOf, type Spread } from '../measure/ratios.js';
import { roundsOf } from '../measure/rounds.js';
import type { BenchContext } from '../section.js';
import { BenchThread } from '../threads/bench-thread.js';
import type { TaskCosts, TasksAnswer, TasksData, TasksQuestion } from '../threads/tasks.js';

/** Lock modes whose spans are measured. Under per-object they are those of gil-held. */
const MODES: readonly LockModeName[] = ['none', 'gil-held', 'gil-released', 'gil-switching'];

/** What a span's recording costs under a lock mode. */
export interface SpanCost {
  readonly mode: LockModeName;
  readonly ns: Spread;
  /** The same in readings of the clock, which were measured beside it. */
  readonly clockReads: Spread;
}

type Measuring = Pick<BenchContext, 'cores' | 'limits' | 'pace' | 'threadFiles'>;

/**
 * Measures what a span costs under each lock mode: what a lane takes for a task without work, less
 * what it takes with nothing recorded, by the task's spans. So the lock's own cost is left out, and
 * the clock's and the task table's are in it.
 */
export async function measureSpans(measuring: Measuring): Promise<SpanCost[]> {
  const costs: SpanCost[] = [];
  for (const mode of MODES) costs.push(await spanCost(mode, measuring));
  return costs;
}

/** A thread for each of the two, as code that has seen both is slower than what a lane runs. */
async function spanCost(
  lock: LockModeName,
  { cores, limits, pace: { rounds, sliceMs }, threadFiles }: Measuring,
): Promise<SpanCost> {
  const start = (isRecorded: boolean) => {
    const data: TasksData = { lock, isRecorded, limits };
    return new BenchThread<TasksQuestion, TasksAnswer>(threadFiles.tasks, data);
  };
  await using recorded = start(true);
  await using unrecorded = start(false);
  const look = async () => [await coreOf(recorded), await coreOf(unrecorded)];
  const measured = await roundsOf(rounds, cores.seenBy(look), async () => {
    const seen = await costsOn(recorded, sliceMs);
    const unseen = await costsOn(unrecorded, sliceMs);
    return { spanNs: (seen.taskNs - unseen.taskNs) / seen.spans, clockNs: seen.clockNs };
  });
  const spanNs = measured.map((round) => round.spanNs);
  const clockNs = measured.map((round) => round.clockNs);
  return { mode: lock, ns: spreadOf(spanNs), clockReads: ratioSpread(spanNs, clockNs) };
}

type TasksThread = BenchThread<TasksQuestion, TasksAnswer>;

async function coreOf(thread: TasksThread): Promise<number> {
  return (await thread.ask(null)).readRate;
}

async function costsOn(thread: TasksThread, sliceMs: number): Promise<TaskCosts> {
  const { costs } = await thread.ask(sliceMs);
  if (costs === null) throw new Error('the thread was asked for costs and gave none');
  return costs;
}
