/**
 * What CPython says of itself from 3.13 on: `_Py_DebugOffsets`, at the start of `_PyRuntime`.
 * Its list of fields is another one in every minor version.
 */
import { debugOffsetFields } from './debug-offset-fields.js';
import { type GilLayout, gilLayout } from './gil-layout.js';
import type { Layout } from './layout.js';
import { layoutOf } from './layouts.js';
import { type Address, MemoryDoubt, type ProcessMemory, readBlock } from './memory.js';
import { type PythonVersion, versionOfHex } from './python-version.js';

/** What every version says at the same place. */
export interface SelfDescription {
  readonly version: PythonVersion;
  readonly freeThreaded: boolean;
}

/** What the description begins with. */
export const DEBUG_COOKIE = 'xdebugpy';

/** Reads the description's first lines; null where there is none, as before 3.13. */
export function readSelfDescription(
  memory: ProcessMemory,
  runtime: Address,
): SelfDescription | null {
  const header = readBlock(memory, runtime, HEADER_BYTES);
  if (Buffer.from(header.bytes.subarray(0, 8)).toString('latin1') !== DEBUG_COOKIE) return null;
  const version = versionOfHex(header.u64(8));
  return version === null ? null : { version, freeThreaded: header.u64(16) !== 0 };
}

/**
 * Reads the layout of a known version; undefined where the version is none of them.
 *
 * @throws MemoryDoubt where what it says cannot be right
 */
export function readDescribedLayout(
  memory: ProcessMemory,
  runtime: Address,
  { version, freeThreaded }: SelfDescription,
): Layout | undefined {
  const fields = debugOffsetFields(version.minor);
  const known = layoutOf(version.minor, freeThreaded);
  if (version.major !== 3 || fields === undefined || known === undefined) return undefined;
  const words = readBlock(memory, runtime + HEADER_BYTES, fields.length * 8);
  const offset = (name: string): number => {
    const index = fields.indexOf(name);
    const value = index === -1 ? NaN : words.u64(index * 8);
    if (!(value < MAX_OFFSET)) throw new MemoryDoubt('no offset');
    return value;
  };
  checkGil(gilLayout(freeThreaded), offset);
  return completed(known, offset);
}

/** The layout of the version with all that the description says; it does not say everything. */
function completed(known: Layout, offset: (name: string) => number): Layout {
  return {
    ...known,
    runtime: { interpreters: offset('runtime.interpreters_head'), gil: null },
    interpreter: {
      next: offset('interpreter.next'),
      id: offset('interpreter.id'),
      threads: offset('interpreter.threads_head'),
      modules: offset('interpreter.imports_modules'),
      gil: offset('interpreter.ceval_gil'),
    },
    thread: {
      ...known.thread,
      previous: offset('thread.prev'),
      next: offset('thread.next'),
      interpreter: offset('thread.interp'),
      ident: offset('thread.thread_id'),
      nativeId: offset('thread.native_thread_id'),
      frame: offset('thread.current_frame'),
    },
    frame: {
      ...known.frame,
      previous: offset('frame.previous'),
      code: offset('frame.executable'),
      instruction: offset('frame.instr_ptr'),
      owner: offset('frame.owner'),
    },
    code: {
      ...known.code,
      name: offset('code.qualname'),
      file: offset('code.filename'),
      firstLine: offset('code.firstlineno'),
      lines: offset('code.linetable'),
      instructions: offset('code.co_code_adaptive'),
    },
    object: { type: offset('object.ob_type'), size: offset('object.size') },
    text: {
      ...known.text,
      length: offset('text.length'),
      state: offset('text.state'),
      ascii: offset('text.asciiobject_size'),
    },
    bytes: { size: offset('bytes.ob_size'), data: offset('bytes.ob_sval') },
    dict: { keys: offset('dict.ma_keys'), values: offset('dict.ma_values') },
    type: { ...known.type, name: offset('type.tp_name'), flags: offset('type.tp_flags') },
  };
}

/** The description does not say all of the lock's fields: those that it says must be where they are known to be. */
function checkGil(gil: GilLayout, offset: (name: string) => number): void {
  const start = offset('interpreter.gil_runtime_state');
  const agrees =
    offset('interpreter.gil_runtime_state_holder') - start === gil.lastHolder &&
    offset('interpreter.gil_runtime_state_locked') - start === gil.locked;
  if (!agrees) throw new MemoryDoubt('another lock');
}

/** The cookie, the version and whether it is free-threaded. */
const HEADER_BYTES = 24;

/** No structure of CPython is longer. */
const MAX_OFFSET = 1 << 24;
