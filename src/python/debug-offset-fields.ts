/**
 * The fields of `_Py_DebugOffsets` after its header, in order, for each version that has one.
 * Source: Include/internal/pycore_runtime.h (3.13), pycore_debug_offsets.h (3.14, 3.15).
 */

const RUNTIME = 'runtime: size finalizing interpreters_head';
const OBJECT = 'object: size ob_type';
const SEQUENCES = ['tuple: size ob_item ob_size', 'list: size ob_item ob_size'];
const SET = 'set: size used table mask';
const VALUES = [
  'dict: size ma_keys ma_values',
  'float: size ob_fval',
  'long: size lv_tag ob_digit',
  'bytes: size ob_size ob_sval',
  'text: size state length asciiobject_size',
];
const GIL =
  'ceval_gil gil_runtime_state gil_runtime_state_enabled gil_runtime_state_locked ' +
  'gil_runtime_state_holder';
const CODE =
  'code: size filename name qualname linetable firstlineno argcount localsplusnames ' +
  'localspluskinds co_code_adaptive';

const INTERPRETER_3_14 =
  'interpreter: size id next threads_head threads_main gc imports_modules sysdict builtins ' +
  `${GIL} code_object_generation tlbc_generation`;
const FRAME_3_14 =
  'frame: size previous executable instr_ptr localsplus owner stackpointer tlbc_index';

const FIELDS: ReadonlyMap<number, readonly string[]> = new Map([
  [
    13,
    namesOf([
      RUNTIME,
      `interpreter: size id next threads_head gc imports_modules sysdict builtins ${GIL}`,
      'thread: size prev next interp current_frame thread_id native_thread_id datastack_chunk status',
      'frame: size previous executable instr_ptr localsplus owner',
      CODE,
      OBJECT,
      'type: size tp_name tp_repr tp_flags',
      ...SEQUENCES,
      ...VALUES,
    ]),
  ],
  [
    14,
    namesOf([
      RUNTIME,
      INTERPRETER_3_14,
      'thread: size prev next interp current_frame thread_id native_thread_id datastack_chunk status',
      FRAME_3_14,
      `${CODE} co_tlbc`,
      OBJECT,
      'type: size tp_name tp_repr tp_flags',
      ...SEQUENCES,
      SET,
      ...VALUES,
    ]),
  ],
  [
    15,
    namesOf([
      RUNTIME,
      INTERPRETER_3_14,
      'thread: size prev next interp current_frame base_frame last_profiled_frame ' +
        'last_profiled_frame_seq thread_id native_thread_id datastack_chunk status holds_gil ' +
        'gil_requested current_exception exc_state',
      'exception: exc_value',
      FRAME_3_14,
      `${CODE} co_tlbc`,
      OBJECT,
      'type: size tp_name tp_repr tp_flags tp_basicsize tp_dictoffset',
      'heap_type: size ht_cached_keys',
      ...SEQUENCES,
      SET,
      ...VALUES,
    ]),
  ],
]);

/** Returns the names of version 3.`minor`, as `structure.field`; undefined where they are not known. */
export function debugOffsetFields(minor: number): readonly string[] | undefined {
  return FIELDS.get(minor);
}

/** The names of structures that are written `structure: field field …`. */
function namesOf(structures: readonly string[]): readonly string[] {
  return structures.flatMap((structure) => {
    const [name = '', fields = ''] = structure.split(': ');
    return fields.split(' ').map((field) => `${name}.${field}`);
  });
}
