import { LOCK_MODES } from './lock-modes.js';

/**
 * The parameters of a run: the one table that the form, the command line, the bridge and file
 * import read. Each entry says its label, flag, range, default and meaning; how values are checked
 * against it is in parameters.ts.
 */

export * from './lock-modes.js';

/** A parameter that is one of a few named values. */
export interface ChoiceSpecification<Value extends string = string> {
  readonly type: 'choice';
  readonly label: string;
  readonly flag: string;
  readonly help: string;
  /** Other words by which people look for it, in lower case. */
  readonly synonyms: string;
  readonly fallback: Value;
  /** Each value with its label and what it means, in the order of display. */
  readonly options: Readonly<Record<Value, { readonly label: string; readonly meaning: string }>>;
}

/** A parameter that is a number in a range. */
export interface NumberSpecification {
  readonly type: 'number';
  readonly label: string;
  readonly flag: string;
  readonly help: string;
  /** Other words by which people look for it, in lower case. */
  readonly synonyms: string;
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
  /** Whole numbers only. */
  readonly whole: boolean;
  /** The lower bound itself is refused. */
  readonly exclusiveMin?: true;
  /** What it counts in, where that is a time. */
  readonly unit?: 'ms' | 'µs';
}

/** Either kind of parameter. */
export type Specification = ChoiceSpecification | NumberSpecification;

/** Every parameter by its name, in the order of the form. */
export const SPECIFICATIONS = {
  workload: {
    type: 'choice',
    label: 'Workload',
    flag: '--workload',
    help: 'what each task does',
    synonyms: 'kind of work power iteration eigenvalue sleep io',
    fallback: 'power',
    options: {
      power: {
        label: 'Power method',
        meaning: 'Each task finds the dominant eigenvalue of one symmetric matrix.',
      },
      sleep: {
        label: 'Sleep',
        meaning: 'Each task sleeps, then returns twice its input: waiting without computing.',
      },
    },
  },
  matrices: {
    type: 'number',
    label: 'Matrices',
    flag: '--matrices',
    help: 'how many matrices (tasks)',
    synonyms: 'matrix count number of tasks how many',
    fallback: 100,
    min: 1,
    max: 1_000_000,
    whole: true,
  },
  size: {
    type: 'number',
    label: 'Matrix size',
    flag: '--size',
    help: 'rows of each square matrix',
    synonyms: 'dimension rows columns order n',
    fallback: 64,
    min: 1,
    max: 4096,
    whole: true,
  },
  sleepMs: {
    type: 'number',
    label: 'Sleep (ms)',
    flag: '--sleep',
    help: 'how long each task sleeps, in ms (sleep workload only)',
    synonyms: 'duration pause delay io',
    fallback: 1000,
    min: 0,
    max: 60_000,
    whole: false,
    unit: 'ms',
  },
  seed: {
    type: 'number',
    label: 'Seed',
    flag: '--seed',
    help: 'seeds the matrices, as NumPy default_rng(seed)',
    synonyms: 'random numbers rng reproducible',
    fallback: 42,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    whole: true,
  },
  threads: {
    type: 'number',
    label: 'Threads',
    flag: '--threads',
    help: 'worker threads (lanes)',
    synonyms: 'thread count number of workers lanes cores parallelism concurrency pool size jobs',
    fallback: 2,
    min: 1,
    max: 256,
    whole: true,
  },
  scheduler: {
    type: 'choice',
    label: 'Scheduler',
    flag: '--scheduler',
    help: 'how tasks reach the lanes',
    synonyms: 'scheduling thread pool executor prange parallel loop chunks queue serial',
    fallback: 'executor',
    options: {
      serial: { label: 'Serial', meaning: 'One lane does every task.' },
      static: {
        label: 'Static',
        meaning: 'Contiguous equal chunks, one for each lane, as Numba’s prange.',
      },
      executor: {
        label: 'Executor',
        meaning: 'Every task is submitted on its own to the pool, as ThreadPoolExecutor does.',
      },
      dynamic: {
        label: 'Dynamic',
        meaning: 'Lanes take the next task from a shared atomic counter.',
      },
    },
  },
  lock: {
    type: 'choice',
    label: 'Lock mode',
    flag: '--lock',
    help: 'which lock the tasks take',
    synonyms: 'gil mutex global interpreter lock nogil free-threaded locking',
    fallback: 'none',
    options: LOCK_MODES,
  },
  switchIntervalMs: {
    type: 'number',
    label: 'Switch interval (ms)',
    flag: '--switch-interval',
    help: 'how long a waiter waits before it asks for the lock, in ms; below 1 the lock is held notably longer, as in CPython (gil-switching only)',
    synonyms: 'sys.setswitchinterval quantum time slice preemption gil',
    fallback: 5,
    min: 0.1,
    max: 1000,
    whole: false,
    unit: 'ms',
  },
  interpreterUs: {
    type: 'number',
    label: 'Interpreter time (µs)',
    flag: '--interpreter-time',
    help: 'µs of interpreter work in each iteration, with the lock where there is one: Numba 0, NumPy about 10',
    synonyms: 'python overhead bytecode numpy',
    fallback: 0,
    min: 0,
    max: 10_000,
    whole: false,
    unit: 'µs',
  },
  epsilon: {
    type: 'number',
    label: 'Epsilon',
    flag: '--epsilon',
    help: 'convergence threshold',
    synonyms: 'tolerance threshold precision accuracy error',
    fallback: 1e-10,
    min: 0,
    max: Number.MAX_VALUE,
    whole: false,
    exclusiveMin: true,
  },
  maxIterations: {
    type: 'number',
    label: 'Max iterations',
    flag: '--max-iterations',
    help: 'a task that does not converge ends with the first iteration past this cap',
    synonyms: 'iteration count cap limit maximum',
    fallback: 10_000,
    min: 1,
    max: 10_000_000,
    whole: true,
  },
  convergence: {
    type: 'choice',
    label: 'Convergence',
    flag: '--convergence',
    help: 'which test ends a task',
    synonyms: 'test criterion strict sign-aware',
    fallback: 'strict',
    options: {
      strict: {
        label: 'Strict',
        meaning: '|x − x′| < ε: never true where the dominant eigenvalue is negative.',
      },
      'sign-aware': {
        label: 'Sign-aware',
        meaning: 'The smaller of |x − x′| and |x + x′| < ε: a flip of sign converges too.',
      },
    },
  },
  repeats: {
    type: 'number',
    label: 'Repeats',
    flag: '--repeats',
    help: 'timed executions of all tasks',
    synonyms: 'repetitions number of runs samples measurements rounds',
    fallback: 3,
    min: 1,
    max: 1000,
    whole: true,
  },
  warmup: {
    type: 'number',
    label: 'Warm-up',
    flag: '--warmup',
    help: 'uncounted executions before them',
    synonyms: 'warm up warmup dry runs uncounted',
    fallback: 1,
    min: 0,
    max: 100,
    whole: true,
  },
} as const satisfies Record<string, Specification>;

type Specifications = typeof SPECIFICATIONS;

/** A parameter's name. */
export type ParameterName = keyof Specifications;

/** A run's parameters, all present and in range. */
export type Parameters = {
  readonly [Name in ParameterName]: Specifications[Name] extends { readonly options: infer Options }
    ? keyof Options
    : number;
};

export type SchedulerName = Parameters['scheduler'];
export type Convergence = Parameters['convergence'];

/** Every parameter's name, in the order of the form. */
export const PARAMETER_NAMES = Object.keys(SPECIFICATIONS) as ParameterName[];
