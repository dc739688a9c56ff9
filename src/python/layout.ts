/**
 * Where the fields of CPython's structures lie, in bytes from the start of each. Named after what they
 * are for; the comments name CPython's own fields.
 */
export interface Layout {
  /** `_PyRuntimeState`. */
  readonly runtime: {
    /** `interpreters.head`. */
    readonly interpreters: number;
    /** `ceval.gil`; null from 3.12 on, where interpreters have locks of their own. */
    readonly gil: number | null;
  };
  /** `PyInterpreterState`. */
  readonly interpreter: {
    readonly next: number;
    readonly id: number;
    /** `threads.head`, or `tstate_head`. */
    readonly threads: number;
    /** `imports.modules`, or `modules`: what is `sys.modules`. */
    readonly modules: number;
    /** `ceval.gil`, a pointer; null before 3.12. */
    readonly gil: number | null;
  };
  readonly thread: ThreadLayout;
  /** Where a waiter requests that the lock be released. */
  readonly request: {
    /** In the runtime, in the interpreter, or in the holder's thread state. */
    readonly of: 'runtime' | 'interpreter' | 'thread';
    /** `gil_drop_request`; from 3.13 on the lowest bit of `eval_breaker`. */
    readonly offset: number;
  };
  /** `_PyCFrame.current_frame` of 3.11 and 3.12, which the thread points to; null in others. */
  readonly cframe: number | null;
  /** `_PyInterpreterFrame`; before 3.11 `PyFrameObject`. */
  readonly frame: {
    readonly previous: number;
    readonly code: number;
    /** `instr_ptr`, `prev_instr`; before 3.11 `f_lasti`. */
    readonly instruction: number;
    /** `owner`: who made the frame; null before 3.11. */
    readonly owner: number | null;
    /** `tlbc_index`: which of its code's copies the frame runs; null where there are none. */
    readonly copy: number | null;
  };
  /** `PyCodeObject`. */
  readonly code: {
    /** `co_qualname`; before 3.11 `co_name`. */
    readonly name: number;
    readonly file: number;
    readonly firstLine: number;
    /** `co_linetable`; before 3.10 `co_lnotab`. */
    readonly lines: number;
    /** `co_code_adaptive`: where the instructions begin; before 3.11 they are an object of their own. */
    readonly instructions: number | null;
    /** `co_tlbc`: copies of the instructions for threads; null where there are none. */
    readonly copies: number | null;
  };
  /** How the code's lines are written. */
  readonly lineFormat: 'lnotab' | 'linetable' | 'locations';
  /** `PyObject`: where its type is, and its length, after which each type's own fields begin. */
  readonly object: { readonly type: number; readonly size: number };
  /** `PyASCIIObject`, `PyCompactUnicodeObject`. */
  readonly text: {
    readonly length: number;
    readonly state: number;
    /** The lowest bit of `kind` in `state`. */
    readonly kindBit: number;
    /** Where the characters begin: of ASCII alone, and of others. */
    readonly ascii: number;
    readonly compact: number;
  };
  /** `PyBytesObject`. */
  readonly bytes: { readonly size: number; readonly data: number };
  /** `PyLongObject`. */
  readonly integer: {
    /** `lv_tag`, with the number of digits above three bits; before 3.12 `ob_size`. */
    readonly tag: number;
    readonly tagBits: number;
    readonly digits: number;
  };
  /** `PyDictObject`. */
  readonly dict: { readonly keys: number; readonly values: number };
  /** How `PyDictKeysObject` says its sizes: each of its own, or as logarithms from 3.11 on. */
  readonly keyFormat: 'sizes' | 'logarithms';
  /** `PyTypeObject` and `PyHeapTypeObject`. */
  readonly type: {
    readonly name: number;
    readonly basicSize: number;
    readonly flags: number;
    readonly dictOffset: number;
    readonly cachedKeys: number;
  };
  /** How objects hold their attributes (attributes.ts). */
  readonly attributes: 'dict' | 'values-before' | 'values-or-dict-before' | 'values-inline';
  /** Where an object whose dict CPython manages points to it. */
  readonly managedDict: number;
  /** `PyDictValues.values`: where the values of a dict begin that shares its keys with others. */
  readonly dictValues: number;
}

/** `PyThreadState`. */
export interface ThreadLayout {
  readonly previous: number;
  readonly next: number;
  readonly interpreter: number;
  /** `thread_id`: what pthread_self returned. */
  readonly ident: number;
  /** `native_thread_id`; null before 3.11. */
  readonly nativeId: number | null;
  /** `frame`, `current_frame`, or `cframe` where that stands between. */
  readonly frame: number;
  /** `state`: whether it is attached; null without free-threading. */
  readonly state: number | null;
}
