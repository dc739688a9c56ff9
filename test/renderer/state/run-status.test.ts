import { describe, expect, it } from 'vitest';
import { countedOf, statusOf } from '../../../src/renderer/state/run-status.js';
import { after, progressed, started, wholeRun } from '../messages.js';

const IDLE = { isExporting: false, isStarting: false };

describe('the status', () => {
  it('is the last notice where nothing is on', () => {
    const state = { ...after(...wholeRun(1)), notice: 'Saved' };
    expect(statusOf(state, IDLE)).toBe('Saved');
    expect(countedOf(state)).toBe('');
  });

  it('is the phase of the run that is on, and its count apart, which nobody is to hear', () => {
    const state = after(started(1), progressed(1, { tasksDone: 5 }));
    expect(statusOf(state, IDLE)).toBe('Running');
    expect(countedOf(state)).toMatch(/^Repeat 1 of 2, 5 of .* tasks$/);
  });

  it('is what was asked for before what is on', () => {
    const state = after(started(1));
    expect(statusOf({ ...state, stopping: true }, IDLE)).toBe('Stopping…');
    expect(statusOf(state, { ...IDLE, isExporting: true })).toBe('Exporting…');
  });
});
