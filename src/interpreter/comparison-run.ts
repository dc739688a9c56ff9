import { setTimeout as rest } from 'node:timers/promises';
import { median } from '../base/statistics.js';
import { randomOrders } from '../base/shuffle.js';
import { runRounds, type Engine } from '../engine/index.js';
import type { Parameters } from '../experiment/parameters.js';
import type { Progress } from '../experiment/progress.js';
import {
  pythonMeasurementsFrom,
  type PythonMeasurements,
  type PythonTimes,
} from '../experiment/python-measurements.js';
import {
  OWN_VARIANTS,
  ownParameters,
  pythonVariants,
  type PythonAbilities,
  type PythonVariant,
} from '../experiment/python-variants.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import { PythonFailedError } from './errors.js';
import { differingResults } from './agreement.js';
import { InterpreterAnswer, PreparedAnswer, type Prepared } from './protocol.js';
import type { PythonSession } from './python-session.js';
import { runVariant, sleepsOf, threadsOf, type VariantRun } from './variant-run.js';

/** Plain Python does as many matrices as it can serially in about so many seconds. */
const PLAIN_SECONDS = 3;

/** In which threads that have waited fall asleep, so that they do not take the other side's time. */
const REST_MS = 30;

/** Measurements of the interpreter's time. */
const INTERPRETER_ROUNDS = 5;

/** What goes on while a Python is compared. */
export interface PythonComparisonListener {
  /** The Python prepares: it makes matrices, compiles, and measures its interpreter. */
  onPreparing?(): void;
  /** A variant in the Python is about to be measured. */
  onPython?(variant: PythonVariant, round: number): void;
  /** How far one of Gilscope's own is. */
  onOwn?(own: Parameters, round: number, progress: Progress): void;
}

/** What was measured: Gilscope's own recordings in the order that the measurements say. */
export interface PythonComparisonOutcome {
  readonly recordings: readonly ExperimentRecording[];
  readonly measured: PythonMeasurements;
}

/**
 * Measures the work of the parameters in a Python and by Gilscope, one repeat of each variant a round, in random
 * order that follows from the seed.
 *
 * @throws PythonFailedError; EngineBusyError, WorkerError or MemoryError of the engine; the signal's reason
 */
export async function comparePython(
  engine: Pick<Engine, 'reserve' | 'run' | 'stop'>,
  session: PythonSession,
  parameters: Parameters,
  { signal, listener = {} }: { signal: AbortSignal; listener?: PythonComparisonListener },
): Promise<PythonComparisonOutcome> {
  listener.onPreparing?.();
  const prepared = await prepare(session, parameters);
  const interpreterUs =
    session.about.packages.numpy === null || 'numpy' in prepared.missing
      ? null
      : await interpreterTime(session);
  const abilities: PythonAbilities = { ...prepared, interpreterUs };
  const parametersOf = ownParameters(parameters, abilities);
  const own = OWN_VARIANTS.filter((variant) => parametersOf[variant] !== undefined);
  const variants = pythonVariants(parameters, abilities).map(
    (variant) => new MeasuredVariant(variant, session, parameters),
  );
  const runs = own.flatMap((variant) => parametersOf[variant] ?? []);
  const order = randomOrders(
    Array.from([...runs, ...variants].keys()),
    parameters.repeats,
    parameters.seed,
  );
  const { records } = await runRounds(
    engine,
    {
      runs,
      nextRound: (round) => order[round] ?? null,
      others: variants.map((measured) => async (round) => {
        listener.onPython?.(measured.variant, round);
        await measured.measure(round === 0 ? parameters.warmup : 0, signal);
      }),
    },
    {
      signal,
      listener: {
        onProgress: (run, round, progress) => {
          listener.onOwn?.(runs[run] ?? parameters, round, progress);
        },
      },
    },
  );
  signal.throwIfAborted();
  const serial = records?.[0];
  if (records === null || serial === undefined) {
    throw new Error('the comparison ended without a round');
  }
  return {
    recordings: records,
    // As a file has it, so that what is exported of one is alike.
    measured: pythonMeasurementsFrom({
      about: aboutOf(session, prepared),
      interpreterUs,
      own,
      times: variants.map((variant) => variant.times(serial)),
      recorded: [],
    }),
  };
}

/**
 * Interpreter's time in an iteration of NumPy's, in µs: the median of a few measurements.
 *
 * @throws PythonFailedError, where there is no NumPy too; the signal's reason
 */
export async function interpreterTime(session: PythonSession): Promise<number> {
  const { missing } = session.about;
  if (missing.numpy !== undefined) {
    throw new PythonFailedError(`${session.path} has no NumPy: ${missing.numpy}`);
  }
  const times: number[] = [];
  while (times.length < INTERPRETER_ROUNDS) {
    times.push((await session.ask({ do: 'interpreter' }, InterpreterAnswer)).iterationNs);
  }
  return Math.round(median(times) / 10) / 100;
}

async function prepare(session: PythonSession, parameters: Parameters): Promise<Prepared> {
  const { workload, seed, size, matrices, epsilon, maxIterations, convergence, threads } =
    parameters;
  const work = { seed, size, matrices: workload === 'power' ? matrices : 1, threads };
  const limits = { epsilon, maxIterations, signAware: convergence === 'sign-aware' };
  return session.ask(
    { do: 'prepare', ...work, ...limits, plainSeconds: PLAIN_SECONDS },
    PreparedAnswer,
  );
}

function aboutOf(
  { path, about }: PythonSession,
  { hasGil, missing, blas, threadingLayer }: Prepared,
): PythonMeasurements['about'] {
  return { path, ...about, hasGil, missing, blas, threadingLayer };
}

/** A variant in a Python, and what was measured of it. */
class MeasuredVariant {
  readonly variant: PythonVariant;
  readonly #session: PythonSession;
  readonly #parameters: Parameters;
  readonly #wallsNs: number[] = [];
  #results: VariantRun['results'] = null;

  constructor(variant: PythonVariant, session: PythonSession, parameters: Parameters) {
    this.variant = variant;
    this.#session = session;
    this.#parameters = parameters;
  }

  /** Measures it once, after so many warm-ups. */
  async measure(warmups: number, signal: AbortSignal): Promise<void> {
    for (let left = warmups; left >= 0; left -= 1) {
      await rest(REST_MS, undefined, { signal });
      const { wallNs, results } = await runVariant(this.#session, this.variant, this.#parameters);
      if (left === 0) this.#wallsNs.push(wallNs);
      this.#results = results;
    }
  }

  /** Its times, with its results set against those of a recording of the same matrices. */
  times({ source }: ExperimentRecording): PythonTimes {
    const { variant } = this;
    const results = this.#results;
    return {
      variant,
      threads: threadsOf(variant, this.#parameters),
      tasks: results?.tasks ?? sleepsOf(this.#parameters).matrices,
      wallsNs: this.#wallsNs,
      iterations: results?.iterations ?? null,
      ...differingResults(source.results, results),
    };
  }
}
