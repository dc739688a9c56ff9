import { PARAMETER_NAMES, type ParameterName } from '../../experiment/parameters.js';
import type { FormText } from './form.js';

/**
 * The form's text with what it was before and what was undone, as plain values. All edits of one
 * field, until it is left or another is edited, are one step.
 */
export interface EditHistory {
  /** Oldest first. */
  readonly past: readonly FormText[];
  readonly present: FormText;
  /** What was undone, the next to redo first. */
  readonly future: readonly FormText[];
  /** The field whose edits still join the last step. */
  readonly open: ParameterName | null;
}

/** Steps that are kept. */
export const MAX_STEPS = 200;

/** A history that begins with a text. */
export function historyOf(present: FormText): EditHistory {
  return { past: [], present, future: [], open: null };
}

/** A field was edited. */
export function edit(history: EditHistory, name: ParameterName, text: string): EditHistory {
  const { past, present, open } = history;
  if (present[name] === text) return history;
  const next = { ...present, [name]: text };
  if (open !== name) return { ...step(history, next), open: name };
  // Typed back to where it began: there is nothing left to undo.
  const before = past.at(-1);
  return before !== undefined && isSame(before, next)
    ? { ...history, past: past.slice(0, -1), present: before, open: null }
    : { ...history, present: next, future: [] };
}

/** The field that was edited has been left: the next edit is a step of its own. */
export function endEdit(history: EditHistory): EditHistory {
  return history.open === null ? history : { ...history, open: null };
}

/** The whole text was replaced, in one step. */
export function replace(history: EditHistory, next: FormText): EditHistory {
  return isSame(history.present, next) ? endEdit(history) : step(history, next);
}

/** The text as it was a step before. */
export function undo(history: EditHistory): EditHistory {
  const { past, present, future } = history;
  const before = past.at(-1);
  if (before === undefined) return history;
  return { past: past.slice(0, -1), present: before, future: [present, ...future], open: null };
}

/** The text as it was before it was undone. */
export function redo(history: EditHistory): EditHistory {
  const { past, present, future } = history;
  const [after, ...later] = future;
  if (after === undefined) return history;
  return { past: [...past, present], present: after, future: later, open: null };
}

function step({ past, present }: EditHistory, next: FormText): EditHistory {
  return { past: [...past, present].slice(-MAX_STEPS), present: next, future: [], open: null };
}

function isSame(a: FormText, b: FormText): boolean {
  return PARAMETER_NAMES.every((name) => a[name] === b[name]);
}
