import { COMPARED_SLEEPS } from './compared-sleeps.js';
import type { Parameters } from './parameters.js';
import { comparedParameters } from './variants.js';

/** What does the work of a variant in a Python. */
export type PythonRuntime = 'numba' | 'numpy' | 'python';

/** Gilscope's own variants that a Python's are set beside, in the order of the table. */
export const OWN_VARIANTS = [
  'serial',
  'static',
  'executor',
  'gilHeld',
  'serialReleased',
  'released',
  'serialPlain',
  'switching',
  'serialSleep',
  'sleeping',
] as const;
export type OwnVariant = (typeof OWN_VARIANTS)[number];

/** Which of Gilscope's variants the speed-up of one is over. */
export const OWN_BASELINE: Readonly<Record<OwnVariant, OwnVariant>> = {
  serial: 'serial',
  static: 'serial',
  executor: 'serial',
  gilHeld: 'serial',
  serialReleased: 'serialReleased',
  released: 'serialReleased',
  serialPlain: 'serialPlain',
  switching: 'serialPlain',
  serialSleep: 'serialSleep',
  sleeping: 'serialSleep',
};

/** The variants of the work in a Python, in the order of the table. */
export const PYTHON_VARIANTS = [
  'numba-serial',
  'numba-serial-sliced',
  'numba-prange',
  'numba-prange-sliced',
  'numba-pool',
  'numba-pool-gil',
  'numpy-serial',
  'numpy-pool',
  'python-serial',
  'python-pool',
  'sleep-serial',
  'sleep-pool',
] as const;
export type PythonVariant = (typeof PYTHON_VARIANTS)[number];

/** What is known of a variant in a Python. */
export interface PythonVariantFacts {
  readonly label: string;
  readonly runtime: PythonRuntime;
  /** It works on one thread. */
  readonly isSerial: boolean;
  /** The variant that its speed-up is over. */
  readonly baseline: PythonVariant;
  /** Gilscope's variant of the same work, scheduled and locked alike. */
  readonly beside: OwnVariant;
}

/** Every variant in a Python by its name in the protocol. */
export const PYTHON_VARIANT_FACTS: Readonly<Record<PythonVariant, PythonVariantFacts>> = {
  'numba-serial': {
    label: 'Numba, serial',
    runtime: 'numba',
    isSerial: true,
    baseline: 'numba-serial',
    beside: 'serial',
  },
  'numba-serial-sliced': {
    label: 'Numba, serial, sliced as in the post',
    runtime: 'numba',
    isSerial: true,
    baseline: 'numba-serial',
    beside: 'serial',
  },
  'numba-prange': {
    label: 'Numba, prange',
    runtime: 'numba',
    isSerial: false,
    baseline: 'numba-serial',
    beside: 'static',
  },
  'numba-prange-sliced': {
    label: 'Numba, prange, sliced as in the post',
    runtime: 'numba',
    isSerial: false,
    baseline: 'numba-serial',
    beside: 'static',
  },
  'numba-pool': {
    label: 'Numba, thread pool, nogil=True',
    runtime: 'numba',
    isSerial: false,
    baseline: 'numba-serial',
    beside: 'executor',
  },
  'numba-pool-gil': {
    label: 'Numba, thread pool, nogil=False',
    runtime: 'numba',
    isSerial: false,
    baseline: 'numba-serial',
    beside: 'gilHeld',
  },
  'numpy-serial': {
    label: 'NumPy, serial',
    runtime: 'numpy',
    isSerial: true,
    baseline: 'numpy-serial',
    beside: 'serialReleased',
  },
  'numpy-pool': {
    label: 'NumPy, thread pool',
    runtime: 'numpy',
    isSerial: false,
    baseline: 'numpy-serial',
    beside: 'released',
  },
  'python-serial': {
    label: 'Plain Python, serial',
    runtime: 'python',
    isSerial: true,
    baseline: 'python-serial',
    beside: 'serialPlain',
  },
  'python-pool': {
    label: 'Plain Python, thread pool',
    runtime: 'python',
    isSerial: false,
    baseline: 'python-serial',
    beside: 'switching',
  },
  'sleep-serial': {
    label: 'Python, time.sleep in turn',
    runtime: 'python',
    isSerial: true,
    baseline: 'sleep-serial',
    beside: 'serialSleep',
  },
  'sleep-pool': {
    label: 'Python, time.sleep in a thread pool',
    runtime: 'python',
    isSerial: false,
    baseline: 'sleep-serial',
    beside: 'sleeping',
  },
};

/** What a Python can do, and how fast its interpreter is. */
export interface PythonAbilities {
  /** The variants of matrices that it can do. */
  readonly variants: readonly PythonVariant[];
  /** Whether its threads take turns at a lock. */
  readonly hasGil: boolean;
  /** Interpreter's time in an iteration of NumPy's, in µs; null where there is no NumPy. */
  readonly interpreterUs: number | null;
  /** As many of the first matrices as plain Python does; null where there is no need of that. */
  readonly plainMatrices: number | null;
}

/** Whether a variant in a Python sleeps, rather than works on matrices. */
export function isSleeping(variant: PythonVariant): boolean {
  return variant === 'sleep-serial' || variant === 'sleep-pool';
}

/** Returns the variants that are measured in a Python: of matrices and of sleeps, or of sleeps alone. */
export function pythonVariants(
  { workload }: Parameters,
  { variants }: PythonAbilities,
): PythonVariant[] {
  return PYTHON_VARIANTS.filter(
    (variant) => isSleeping(variant) || (workload === 'power' && variants.includes(variant)),
  );
}

/** Returns Gilscope's variant of the same work as one in a Python, scheduled and locked alike. */
export function besideOf(variant: PythonVariant, { workload }: Parameters): OwnVariant {
  const { beside } = PYTHON_VARIANT_FACTS[variant];
  if (workload === 'power') return beside;
  return beside === 'serialSleep' ? 'serial' : 'executor';
}

/**
 * Returns the parameters of Gilscope's own variants: the four of a comparison, and those that what a Python can do
 * is set beside. NumPy releases the lock for its products and has its interpreter's time; plain Python gives
 * the lock up on request. A Python without a lock is set beside lanes without one.
 */
export function ownParameters(
  parameters: Parameters,
  { hasGil, interpreterUs, plainMatrices }: PythonAbilities,
): Partial<Record<OwnVariant, Parameters>> {
  const { serial, static: chunks, executor, gilHeld } = comparedParameters(parameters);
  const own: Partial<Record<OwnVariant, Parameters>> = {
    serial,
    static: chunks,
    executor,
    gilHeld,
  };
  if (parameters.workload === 'sleep') return own;
  if (interpreterUs !== null) {
    const numpy = { interpreterUs, lock: hasGil ? 'gil-released' : 'none' } as const;
    own.serialReleased = { ...serial, ...numpy };
    own.released = { ...executor, ...numpy };
  }
  if (plainMatrices !== null) {
    const plain = { matrices: plainMatrices };
    own.serialPlain = { ...serial, ...plain };
    own.switching = { ...executor, ...plain, lock: hasGil ? 'gil-switching' : 'none' };
  }
  const sleeps = comparedParameters({ ...parameters, ...COMPARED_SLEEPS });
  return { ...own, serialSleep: sleeps.serial, sleeping: sleeps.executor };
}
