import { formatBytes, formatCount } from '../base/units.js';
import { fullGroup } from './cgroups.js';
import { LimitError } from './errors.js';
import { systemFiles, type SystemFiles } from './system-files.js';

/**
 * The system's limits on this process, as far as worker threads meet them. V8 ends the process without
 * a word where memory that it reserves is refused, so what can be looked up is looked up before.
 */

/** What may be limited. */
type Resource = keyof typeof RESOURCES;

/** How each is called, in the table of /proc/self/limits, in words, and in the shell's ulimit. */
const RESOURCES = {
  addressSpace: { row: 'Max address space', words: 'of address space', flag: '-v' },
  data: { row: 'Max data size', words: 'of data', flag: '-d' },
  openFiles: { row: 'Max open files', words: 'open files', flag: '-n' },
} as const;

/** An amount of each: bytes, or a count of files. */
type Amounts = Readonly<Record<Resource, number>>;

const MIB = 2 ** 20;
const GIB = 2 ** 30;

const isElectron = 'electron' in process.versions;

/**
 * What a worker takes, rounded up from what 4, 32 and 256 of them took. Most of the address space is
 * reserved and never used; Electron's V8 reserves 1.6 GB, that of Node.js 0.6.
 */
const WORKER: Amounts = {
  addressSpace: (isElectron ? 1.75 : 0.75) * GIB,
  data: 16 * MIB,
  openFiles: 4,
};

/**
 * What is left for all else that the process does during a run. Electron's V8, where it cannot have
 * the terabyte that it likes to reserve, takes the address space of some things twice as they begin.
 */
const SPARE: Amounts = {
  addressSpace: (isElectron ? 16 : 1) * GIB,
  data: 128 * MIB,
  openFiles: 12,
};

/** What V8 reserves for a WebAssembly memory of any size: 4 GiB and the guards around them. */
const MEMORY_RESERVATION_BYTES = 10 * GIB;

/** This process's limits and what it has of each. */
export interface Room {
  readonly limits: Amounts;
  readonly used: Amounts;
}

/** Looks up the room that there is now. */
export function readRoom(files: SystemFiles = systemFiles): Room {
  const limits = files.read('/proc/self/limits') ?? '';
  const status = files.read('/proc/self/status') ?? '';
  const limitOf = (resource: Resource) =>
    numberAfter(limits, `${RESOURCES[resource].row} +`) ?? Infinity;
  const bytesOf = (name: string) => (numberAfter(status, `${name}:\\s+`) ?? 0) * 1024;
  return {
    limits: {
      addressSpace: limitOf('addressSpace'),
      data: limitOf('data'),
      openFiles: limitOf('openFiles'),
    },
    used: {
      addressSpace: bytesOf('VmSize'),
      data: bytesOf('VmData'),
      openFiles: files.list('/proc/self/fd').length,
    },
  };
}

/** Says why V8 could not reserve a shared memory. */
export function limitOnMemory({ limits }: Room = readRoom()): LimitError {
  const limit = Number.isFinite(limits.addressSpace)
    ? describeLimit('addressSpace', limits)
    : 'the system has less to give';
  return new LimitError(
    `The shared memory cannot be reserved: it takes ${formatBytes(MEMORY_RESERVATION_BYTES)} of ` +
      `address space, and ${limit}. Raise that limit.`,
  );
}

/**
 * Refuses workers that do not fit the limits.
 *
 * @param runBytes what the run is going to allocate besides
 * @throws LimitError
 */
export function checkRoomForWorkers(
  workers: number,
  runBytes: number,
  { limits, used }: Room = readRoom(),
): void {
  const spare: Amounts = { ...SPARE, data: SPARE.data + runBytes };
  for (const resource of Object.keys(RESOURCES) as Resource[]) {
    const left = limits[resource] - used[resource] - spare[resource];
    const most = Math.max(0, Math.floor(left / WORKER[resource]));
    if (workers > most) throw tooManyWorkers(workers, most, describeLimit(resource, limits));
  }
}

/**
 * Says why no more workers than some could be started: which limit the system has on threads.
 *
 * @param started how many there are
 */
export function limitOnThreads(
  workers: number,
  started: number,
  files: SystemFiles = systemFiles,
): LimitError {
  const group = fullGroup(files);
  const ofUser = numberAfter(files.read('/proc/self/limits') ?? '', 'Max processes +');
  let limit = 'the system has no more threads to give, or no memory for them';
  if (group !== undefined) {
    limit = `the control group ${group.folder} may have ${formatCount(group.most)} processes and threads (pids.max)`;
  } else if (ofUser !== undefined) {
    limit = `this user may have ${formatCount(ofUser)} processes and threads in all (ulimit -u)`;
  }
  return tooManyWorkers(workers, started, limit);
}

function tooManyWorkers(workers: number, most: number, limit: string): LimitError {
  const can = most === 0 ? 'None' : `Only ${formatCount(most)}`;
  const fewer =
    most === 0 ? '' : `Take at most ${formatCount(most)} thread${most === 1 ? '' : 's'}, or `;
  return new LimitError(
    `${can} of the ${formatCount(workers)} worker threads can be started: ${limit}. ` +
      `${fewer}${most === 0 ? 'Raise' : 'raise'} that limit.`,
  );
}

function describeLimit(resource: Resource, limits: Amounts): string {
  const { words, flag } = RESOURCES[resource];
  const limit = limits[resource];
  const amount = resource === 'openFiles' ? formatCount(limit) : formatBytes(limit);
  return `this process may have ${amount} ${words} (ulimit ${flag})`;
}

/** The number that follows a pattern in a text; undefined where there is none, as for "unlimited". */
function numberAfter(text: string, pattern: string): number | undefined {
  const digits = new RegExp(`${pattern}(\\d+)`).exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
