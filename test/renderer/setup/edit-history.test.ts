import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  edit,
  endEdit,
  historyOf,
  MAX_STEPS,
  redo,
  replace,
  undo,
  type EditHistory,
} from '../../../src/renderer/setup/edit-history.js';
import { textOf, type FormText } from '../../../src/renderer/setup/form.js';
import { numberSigns } from '../../../src/base/number-text.js';
import { defaultParameters } from '../../../src/experiment/parameters.js';

const begin = historyOf(textOf(defaultParameters(2), numberSigns('en')));

/** What can happen to a history. */
type Step = (history: EditHistory) => EditHistory;

const field = fc.constantFrom('threads', 'size', 'seed');
const text = fc.constantFrom('', '1', '12', '123');
const change: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(field, text).map(
    ([name, value]) =>
      (h: EditHistory) =>
        edit(h, name, value),
  ),
  fc.tuple(field, text).map(
    ([name, value]) =>
      (h: EditHistory) =>
        replace(h, { ...h.present, [name]: value }),
  ),
  fc.constant(endEdit),
);
const anything = fc.oneof(change, fc.constant(undo), fc.constant(redo));
const after = (steps: readonly Step[]) => steps.reduce((h, step) => step(h), begin);

/** Undoes until there is nothing left, and gives every text on the way. */
function unwound(history: EditHistory): FormText[] {
  const texts = [history.present];
  for (let h = history; h.past.length > 0;) {
    h = undo(h);
    texts.push(h.present);
  }
  return texts;
}

describe('the history of the form', () => {
  it('joins the edits of a field into one step', () => {
    const typed = ['1', '12', '128'].reduce((h, value) => edit(h, 'size', value), begin);
    expect(typed.past).toHaveLength(1);
    expect(undo(typed).present).toBe(begin.present);
  });

  it('begins a step where another field is edited, or the same one again after it was left', () => {
    const left = edit(endEdit(edit(begin, 'size', '1')), 'size', '2');
    expect(left.past).toHaveLength(2);
    expect(edit(left, 'seed', '3').past).toHaveLength(3);
  });

  it('has nothing to undo where a field was typed back to what it was', () => {
    const { size } = begin.present;
    const back = edit(edit(begin, 'size', '1'), 'size', size);
    expect(back).toMatchObject({ past: [], present: begin.present });
  });

  it('undoes a replacement in one step, also right after an edit', () => {
    const edited = edit(begin, 'size', '1');
    const replaced = replace(edited, { ...edited.present, lock: 'gil-held', threads: '10' });
    expect(undo(replaced).present).toEqual(edited.present);
  });

  it('forgets what was undone once there is another edit', () => {
    const undone = undo(edit(begin, 'size', '1'));
    expect(undone.future).toHaveLength(1);
    expect(edit(undone, 'seed', '7').future).toEqual([]);
  });

  it('keeps so many steps', () => {
    const many = Array.from({ length: MAX_STEPS + 5 }, (_, i) => i).reduce(
      (h, i) => edit(endEdit(h), 'seed', `${i}00`),
      begin,
    );
    expect(many.past).toHaveLength(MAX_STEPS);
  });
});

describe('whatever is done', () => {
  it('redo takes an undo back', () => {
    fc.assert(
      fc.property(fc.array(anything), (steps) => {
        const history = endEdit(after(steps));
        if (history.past.length > 0) expect(redo(undo(history))).toEqual(history);
        if (history.future.length > 0) expect(undo(redo(history))).toEqual(history);
      }),
    );
  });

  it('undoing all leads to the first text, through texts that differ from one to the next', () => {
    fc.assert(
      fc.property(fc.array(anything), (steps) => {
        const texts = unwound(after(steps));
        expect(texts.at(-1)).toEqual(begin.present);
        texts.slice(1).forEach((before, index) => {
          expect(before).not.toEqual(texts[index]);
        });
      }),
    );
  });

  it('redoing all leads back to where undoing began', () => {
    fc.assert(
      fc.property(fc.array(change), (steps) => {
        const history = after(steps);
        const undone = history.past.reduce((h) => undo(h), history);
        const redone = undone.future.reduce((h) => redo(h), undone);
        expect(redone.present).toEqual(history.present);
      }),
    );
  });

  it('an edit puts just that text into just that field', () => {
    fc.assert(
      fc.property(fc.array(anything), field, text, (steps, name, value) => {
        const history = after(steps);
        expect(edit(history, name, value).present).toEqual({ ...history.present, [name]: value });
      }),
    );
  });
});
