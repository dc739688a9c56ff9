import { BoundedMemory } from './bounded-memory.js';
import { readDescribedLayout } from './debug-offsets.js';
import { findGilByLook, isGilAt, isUnsetGilAt } from './find-gil.js';
import { type FoundRuntime, findRuntime, type Subject } from './find-runtime.js';
import { type GilLayout, gilLayout } from './gil-layout.js';
import { readInterpreters } from './interpreters.js';
import type { Layout } from './layout.js';
import { hasRightStructures } from './layout-check.js';
import { layoutOf } from './layouts.js';
import { type Address, unlessDoubtful } from './memory.js';
import { Names } from './names.js';
import type { SourceTexts } from './places.js';
import { PythonProcess } from './python-process.js';
import { PythonRefusal, starting } from './refusal.js';
import { KnownStructures } from './structures.js';
import { UnknownStructures } from './unknown-structures.js';

/** A process that can be read, whatever it runs. */
export interface ReadableProcess extends Subject {
  readonly pid: number;
  readonly startTicks: number;
  /** Returns the native ids of its threads. */
  taskIds(this: void): readonly number[];
  /** Returns the text of its source files. */
  readonly sourceTexts: SourceTexts;
  close(this: void): void;
}

/** A process that runs for so long has its lock, or none that can be found. */
const STARTING_SECONDS = 10;

/** A process that was forked longer ago has threads of its own. */
const FORKING_SECONDS = 1;

/** @throws PythonRefusal where the process is no CPython that can be read */
export function attach(readable: ReadableProcess): PythonProcess {
  const bounded = new BoundedMemory(readable.memory);
  const subject = { ...readable, memory: bounded };
  const runtime = findRuntime(subject);
  const freeThreaded = runtime.description?.freeThreaded ?? false;
  const gil = gilLayout(freeThreaded);
  const layout = knownLayout(subject, runtime);
  const lock = findLock(subject, runtime, layout, gil);
  const { taskIds, sourceTexts, label, ageSeconds } = subject;
  const opened = { ...readable, bounded, runtime, freeThreaded };
  const known = layout && new KnownStructures(bounded, runtime.address, layout, lock);
  if (layout && known && hasRightStructures(known, taskIds)) {
    const names = new Names(bounded, layout, known, sourceTexts);
    return new PythonProcess({ ...opened, structures: known, names });
  }
  // A process that was forked just now still has its parent's threads.
  if (known && ageSeconds < FORKING_SECONDS) throw starting(label);
  const start = { address: lock, lastHolder: gil.lastHolder };
  const structures = new UnknownStructures(bounded, start, taskIds);
  return new PythonProcess({ ...opened, structures, names: null });
}

/** What CPython says of itself, else what its version has; undefined where neither is known. */
function knownLayout({ memory }: Subject, runtime: FoundRuntime): Layout | undefined {
  const { address, version, description } = runtime;
  if (description !== null) {
    return unlessDoubtful(() => readDescribedLayout(memory, address, description), undefined);
  }
  return version?.major === 3 ? layoutOf(version.minor, false) : undefined;
}

/**
 * Finds the main interpreter's lock: where it points to one, else by what it looks like, else where it
 * usually is.
 *
 * @throws PythonRefusal where there is none
 */
function findLock(
  subject: ReadableProcess,
  runtime: FoundRuntime,
  layout: Layout | undefined,
  gil: GilLayout,
): Address {
  const { memory, mappings, label, ageSeconds } = subject;
  const interpreters =
    layout && unlessDoubtful(() => readInterpreters(memory, runtime.address, layout, null), null);
  const main = interpreters?.at(-1);
  const usual = layout?.runtime.gil == null ? null : runtime.address + layout.runtime.gil;
  for (const candidate of [main?.gil, findGilByLook(memory, runtime, mappings, gil), usual]) {
    if (candidate != null && isGilAt(memory, candidate, gil)) return candidate;
  }
  // An interpreter is made first, then its lock.
  const isBefore =
    interpreters?.length === 0 ||
    (usual === null ? main?.gil === null : isUnsetGilAt(memory, usual, gil));
  if (isBefore || ageSeconds < STARTING_SECONDS) throw starting(label);
  const version = runtime.version?.text ?? '3';
  throw new PythonRefusal(
    'no-gil',
    `${label} has no GIL where CPython ${version} has it: use a CPython of 3.8 to 3.15 as released`,
  );
}
