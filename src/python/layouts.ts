/**
 * The layouts of CPython 3.8 to 3.15 on 64-bit systems, each by what it changes in the one before.
 * Source: offsetof on the headers of 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1, 3.13.0, 3.14.10, 3.15.2
 * (Include/internal/pycore_runtime.h, pycore_interp.h, pycore_frame.h, pycore_dict.h,
 * Include/cpython/pystate.h, code.h, unicodeobject.h, object.h). They do not change within a minor version.
 */
import type { Layout } from './layout.js';

const PYTHON_3_8: Layout = {
  runtime: { interpreters: 32, gil: 1152 },
  interpreter: { next: 0, id: 16, threads: 8, modules: 56, gil: null },
  thread: {
    previous: 0,
    next: 8,
    interpreter: 16,
    ident: 176,
    nativeId: null,
    frame: 24,
    state: null,
  },
  request: { of: 'runtime', offset: 596 },
  cframe: null,
  frame: { previous: 24, code: 32, instruction: 104, owner: null, copy: null },
  code: { name: 112, file: 104, firstLine: 40, lines: 120, instructions: null, copies: null },
  lineFormat: 'lnotab',
  object: { type: 8, size: 16 },
  text: { length: 16, state: 32, kindBit: 2, ascii: 48, compact: 72 },
  bytes: { size: 16, data: 32 },
  integer: { tag: 16, tagBits: 0, digits: 24 },
  dict: { keys: 32, values: 40 },
  keyFormat: 'sizes',
  type: { name: 24, basicSize: 32, flags: 168, dictOffset: 288, cachedKeys: 872 },
  attributes: 'dict',
  managedDict: -24,
  dictValues: 0,
};

const PYTHON_3_9: Layout = {
  ...PYTHON_3_8,
  runtime: { interpreters: 32, gil: 352 },
  interpreter: { ...PYTHON_3_8.interpreter, id: 24, modules: 856 },
  request: { of: 'interpreter', offset: 76 },
  type: { ...PYTHON_3_8.type, cachedKeys: 864 },
};

const PYTHON_3_10: Layout = {
  ...PYTHON_3_9,
  request: { of: 'interpreter', offset: 72 },
  frame: { ...PYTHON_3_9.frame, instruction: 96 },
  lineFormat: 'linetable',
  type: { ...PYTHON_3_9.type, cachedKeys: 872 },
};

const PYTHON_3_11: Layout = {
  ...PYTHON_3_10,
  runtime: { interpreters: 40, gil: 360 },
  interpreter: { next: 0, id: 48, threads: 16, modules: 888, gil: null },
  thread: { ...PYTHON_3_10.thread, ident: 152, nativeId: 160, frame: 56 },
  request: { of: 'interpreter', offset: 104 },
  cframe: 8,
  frame: { previous: 48, code: 32, instruction: 56, owner: 69, copy: null },
  code: { name: 128, file: 112, firstLine: 72, lines: 136, instructions: 184, copies: null },
  lineFormat: 'locations',
  keyFormat: 'logarithms',
  attributes: 'values-before',
};

const PYTHON_3_12: Layout = {
  ...PYTHON_3_11,
  runtime: { interpreters: 40, gil: null },
  interpreter: { next: 0, id: 8, threads: 72, modules: 944, gil: 384 },
  thread: { ...PYTHON_3_11.thread, ident: 136, nativeId: 144 },
  request: { of: 'interpreter', offset: 372 },
  cframe: 0,
  frame: { previous: 8, code: 0, instruction: 56, owner: 70, copy: null },
  code: { ...PYTHON_3_11.code, firstLine: 68, instructions: 192 },
  text: { ...PYTHON_3_11.text, ascii: 40, compact: 56 },
  integer: { tag: 16, tagBits: 3, digits: 24 },
  type: { ...PYTHON_3_11.type, cachedKeys: 880 },
  attributes: 'values-or-dict-before',
};

const PYTHON_3_13: Layout = {
  ...PYTHON_3_12,
  runtime: { interpreters: 632, gil: null },
  interpreter: { next: 7264, id: 7272, threads: 7344, modules: 7656, gil: 16 },
  thread: { ...PYTHON_3_12.thread, ident: 152, nativeId: 160, frame: 72 },
  request: { of: 'thread', offset: 24 },
  cframe: null,
  code: { ...PYTHON_3_12.code, instructions: 200 },
  attributes: 'values-inline',
  dictValues: 8,
};

const PYTHON_3_14: Layout = {
  ...PYTHON_3_13,
  runtime: { interpreters: 808, gil: null },
  interpreter: { next: 7272, id: 7280, threads: 7344, modules: 7688, gil: 16 },
  frame: { ...PYTHON_3_13.frame, owner: 74 },
  code: { ...PYTHON_3_13.code, instructions: 208 },
};

const PYTHON_3_15: Layout = {
  ...PYTHON_3_14,
  runtime: { interpreters: 936, gil: null },
  interpreter: { next: 7264, id: 7272, threads: 7336, modules: 7592, gil: 16 },
  thread: { ...PYTHON_3_14.thread, ident: 176, nativeId: 184 },
  type: { ...PYTHON_3_14.type, cachedKeys: 888 },
};

/** A build without the GIL: the header of every object is 16 bytes longer. */
const PYTHON_3_13T: Layout = {
  ...PYTHON_3_13,
  interpreter: { ...PYTHON_3_13.interpreter, modules: 7664 },
  thread: { ...PYTHON_3_13.thread, state: 40 },
  code: { name: 144, file: 128, firstLine: 84, lines: 152, instructions: 216, copies: null },
  object: { type: 24, size: 32 },
  text: { ...PYTHON_3_13.text, length: 32, state: 48, ascii: 56, compact: 72 },
  bytes: { size: 32, data: 48 },
  integer: { tag: 32, tagBits: 3, digits: 40 },
  dict: { keys: 48, values: 56 },
  type: { name: 40, basicSize: 48, flags: 184, dictOffset: 304, cachedKeys: 896 },
  managedDict: -8,
};

const PYTHON_3_14T: Layout = {
  ...PYTHON_3_13T,
  runtime: PYTHON_3_14.runtime,
  interpreter: { ...PYTHON_3_14.interpreter, modules: 7712 },
  thread: { ...PYTHON_3_14.thread, state: 44 },
  frame: { ...PYTHON_3_14.frame, owner: 78, copy: 72 },
  code: { ...PYTHON_3_13T.code, instructions: 232, copies: 224 },
  text: { ...PYTHON_3_13T.text, kindBit: 8 },
};

const PYTHON_3_15T: Layout = {
  ...PYTHON_3_14T,
  runtime: PYTHON_3_15.runtime,
  interpreter: PYTHON_3_15.interpreter,
  thread: { ...PYTHON_3_15.thread, state: 48 },
  type: { ...PYTHON_3_14T.type, cachedKeys: 904 },
};

const BY_MINOR: ReadonlyMap<number, Layout> = new Map([
  [8, PYTHON_3_8],
  [9, PYTHON_3_9],
  [10, PYTHON_3_10],
  [11, PYTHON_3_11],
  [12, PYTHON_3_12],
  [13, PYTHON_3_13],
  [14, PYTHON_3_14],
  [15, PYTHON_3_15],
]);

const FREE_THREADED_BY_MINOR: ReadonlyMap<number, Layout> = new Map([
  [13, PYTHON_3_13T],
  [14, PYTHON_3_14T],
  [15, PYTHON_3_15T],
]);

/** Returns the layout of CPython 3.`minor`; undefined where it is not known. */
export function layoutOf(minor: number, freeThreaded: boolean): Layout | undefined {
  return (freeThreaded ? FREE_THREADED_BY_MINOR : BY_MINOR).get(minor);
}
