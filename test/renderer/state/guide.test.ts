import { describe, expect, it } from 'vitest';
import { defaultParameters, type Parameters } from '../../../src/experiment/parameters.js';
import { presetsFor } from '../../../src/experiment/presets.js';
import type { Outcome } from '../../../src/renderer/state/run-state.js';
import { RunStore } from '../../../src/renderer/state/run-store.svelte.js';
import type { Ask } from '../../../src/renderer/app/bridge.js';
import type { StreamMessage } from '../../../src/ipc/index.js';
import { MACHINE, type RecordChanges } from '../../fixtures/records.js';
import { comparing, compared, ended, overview, started, wholeRun } from '../messages.js';

const PRESETS = presetsFor(MACHINE.usableCores).flatMap(({ presets }) => presets);

function presetOf(id: string) {
  const preset = PRESETS.find((each) => each.id === id);
  if (preset === undefined) throw new Error(`there is no preset ${id}`);
  return preset;
}

/** A store whose requests for runs are kept, and what it has been told. */
function guided(...messages: readonly StreamMessage[]) {
  const asked: Parameters[] = [];
  const ask = ((name: string, request: { parameters: Parameters }) => {
    if (name === 'startRun') asked.push(request.parameters);
    return Promise.resolve({ ok: true, value: null });
  }) as unknown as Ask;
  const defaults = defaultParameters(MACHINE.usableCores);
  const store = new RunStore(
    {
      machine: MACHINE,
      defaults,
      lastParameters: defaults,
      compositing: 'software',
      panels: {},
      theme: 'system' as const,
      programs: { problem: null, folder: '/home/me' },
    },
    ask,
  );
  const tell = (...more: readonly StreamMessage[]) => {
    for (const message of more) store.receive(message);
  };
  tell(...messages);
  return { store, guide: store.guide, asked, tell };
}

const HELD: RecordChanges = { parameters: { lock: 'gil-held' } };
const SERIAL: RecordChanges = { parameters: { scheduler: 'serial', lock: 'none', threads: 1 } };

describe('a preset', () => {
  it('is only put into the form while a run is on, which is said', async () => {
    const { store, guide, asked } = guided(started(1));
    await guide.takePreset(presetOf('gil-held'));
    expect(store.form.text.lock).toBe('gil-held');
    expect(asked).toEqual([]);
    expect(store.state.failure?.message).toMatch(
      /“Thread pool, GIL held” is in the form but not run/,
    );
  });

  it('is run again where it is chosen again', async () => {
    const { guide, asked, tell } = guided();
    const preset = presetOf('uneven-static');
    for (const run of [1, 2]) {
      await guide.takePreset(preset);
      tell(...wholeRun(run));
    }
    expect(asked).toEqual([preset.parameters, preset.parameters]);
  });

  it.each(PRESETS.map((preset) => [preset.id, preset] as const))(
    '%s says what to look at once it is done, and no other run does',
    (_id, { parameters, lookAt }) => {
      const { store, guide, tell } = guided(started(1, { parameters }));
      expect(guide.lookAt).toBeNull();
      tell(ended(1));
      expect(guide.lookAt).toBe(lookAt);
      tell(...wholeRun(2, HELD));
      expect(guide.lookAt).toBeNull();
      void store.show(1);
      expect(guide.lookAt).toBe(lookAt);
    },
  );

  it.each<Outcome>(['stopped', 'failed'])('says nothing where its run has %s', (outcome) => {
    const { parameters } = presetOf('serial');
    const { guide } = guided(
      started(1, { parameters }),
      ended(1, { outcome: outcome as 'stopped' | 'failed' }),
    );
    expect(guide.lookAt).toBeNull();
  });
});

describe('the serial run for a speed-up', () => {
  it('is of the same work on one thread without a lock, and gives way to the run it was for', async () => {
    const { store, guide, asked, tell } = guided(...wholeRun(1, HELD));
    expect(guide.lacksSerial?.run).toBe(1);
    const before = store.form.text;
    await guide.runSerial();
    const onView = store.onView ?? { axes: {} };
    const parameters = 'parameters' in onView ? onView.parameters : null;
    expect(asked).toEqual([{ ...parameters, scheduler: 'serial', lock: 'none', threads: 1 }]);
    expect(store.form.text).toBe(before);
    tell(started(2, SERIAL));
    expect(store.shown?.run).toBe(2);
    tell(ended(2, { overview: overview(SERIAL) }));
    expect(store.shown?.run).toBe(1);
    expect(guide.lacksSerial).toBeUndefined();
  });

  it('is not needed where there is one, nor possible where nothing is measured', () => {
    expect(guided().guide.lacksSerial).toBeUndefined();
    expect(guided(started(1)).guide.lacksSerial).toBeUndefined();
    expect(guided(...wholeRun(1, SERIAL)).guide.lacksSerial).toBeUndefined();
    const { store, guide } = guided(...wholeRun(1, SERIAL), ...wholeRun(2, HELD));
    expect(guide.lacksSerial).toBeUndefined();
    expect(guided(...wholeRun(1, HELD), compared(2)).guide.lacksSerial).toBeUndefined();
    expect(store.isBusy).toBe(false);
  });

  it('is needed by a serial run under a lock, and by one of other work', () => {
    const locked = { parameters: { scheduler: 'serial', lock: 'gil-held', threads: 1 } } as const;
    expect(guided(...wholeRun(1, locked)).guide.lacksSerial?.run).toBe(1);
    const other = { parameters: { lock: 'gil-held', seed: 7 } } as const;
    expect(guided(...wholeRun(1, SERIAL), ...wholeRun(2, other)).guide.lacksSerial?.run).toBe(2);
  });

  it('stays where the user has gone on to something else meanwhile', async () => {
    const { store, guide, tell } = guided(
      ...wholeRun(1, HELD),
      ...wholeRun(2, { ...HELD, walls: [9] }),
    );
    await store.show(1);
    await guide.runSerial();
    tell(started(3, SERIAL));
    await store.show(2);
    tell(ended(3, { overview: overview(SERIAL) }));
    expect(store.shown?.run).toBe(2);
  });

  it('stays on view where it was stopped or has failed', async () => {
    for (const outcome of ['stopped', 'failed'] as const) {
      const { store, guide, tell } = guided(...wholeRun(1, HELD));
      await guide.runSerial();
      tell(started(2, SERIAL), ended(2, { outcome, overview: null }));
      expect(store.shown?.run).toBe(2);
    }
  });

  it('is not mistaken for another run that begins in its place', async () => {
    const { store, guide, tell } = guided(...wholeRun(1, HELD));
    await guide.runSerial();
    tell(...wholeRun(2, { parameters: { seed: 7 } }));
    expect(store.shown?.run).toBe(2);
    tell(...wholeRun(3, SERIAL));
    expect(store.shown?.run).toBe(3);
  });

  it('is not begun while another run is on', async () => {
    const { guide, asked } = guided(...wholeRun(1, HELD), comparing(2));
    await guide.runSerial();
    expect(asked).toEqual([]);
  });
});

describe('the sign-aware test', () => {
  const CAPPED: RecordChanges = { capped: 3 };

  it('is put into the form, said, and taken back by one undo', () => {
    const { store, guide } = guided(...wholeRun(1, CAPPED));
    expect(guide.hasUnconverged).toBe(true);
    store.form.edit('convergence', 'strict');
    guide.useSignAware();
    expect(store.form.text.convergence).toBe('sign-aware');
    expect(store.status).toBe('The form has the sign-aware test now: press Run');
    store.form.edit('convergence', 'strict');
    expect(store.status).toBe('Ready');
    store.form.undo();
    expect(store.form.text.convergence).toBe('sign-aware');
    store.form.undo();
    expect(store.form.text.convergence).toBe('strict');
    expect(store.form.canUndo).toBe(false);
  });

  it('is offered only where it would help', () => {
    const hasUnconverged = (changes: RecordChanges) =>
      guided(...wholeRun(1, changes)).guide.hasUnconverged;
    expect(hasUnconverged({ capped: 0 })).toBe(false);
    expect(hasUnconverged({ capped: 3, parameters: { convergence: 'sign-aware' } })).toBe(false);
    expect(guided(...wholeRun(1, CAPPED), comparing(2)).guide.hasUnconverged).toBe(false);
    expect(guided(started(1)).guide.hasUnconverged).toBe(false);
  });
});
