import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LIVE_DELAY_MS, LiveSwitch } from '../../../src/renderer/setup/live-switch.svelte.js';

/** A host that notes what it is asked to do. */
function hosted() {
  const host = { busy: false, log: new Array<'stop' | 'start'>() };
  const live = new LiveSwitch({
    isBusy: () => host.busy,
    stopOwn: () => host.log.push('stop'),
    start: () => host.log.push('start'),
  });
  return { host, live };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the Live switch', () => {
  it('does nothing while it is off', () => {
    const { host, live } = hosted();
    live.changed();
    vi.runAllTimers();
    expect(host.log).toEqual([]);
  });

  it('runs what the form says when it is turned on', () => {
    const { host, live } = hosted();
    live.toggle();
    vi.advanceTimersByTime(LIVE_DELAY_MS);
    expect(host.log).toEqual(['stop', 'start']);
  });

  it('stops at once, and starts once after the last of several changes', () => {
    const { host, live } = hosted();
    live.toggle();
    vi.runAllTimers();
    host.log.length = 0;
    live.changed();
    vi.advanceTimersByTime(LIVE_DELAY_MS - 1);
    live.changed();
    expect(host.log).toEqual(['stop', 'stop']);
    vi.advanceTimersByTime(LIVE_DELAY_MS - 1);
    expect(host.log).toEqual(['stop', 'stop']);
    vi.advanceTimersByTime(1);
    expect(host.log).toEqual(['stop', 'stop', 'start']);
  });

  it('waits until nothing is on', () => {
    const { host, live } = hosted();
    host.busy = true;
    live.toggle();
    vi.runAllTimers();
    expect(host.log).toEqual(['stop']);
    host.busy = false;
    live.idle();
    live.idle();
    expect(host.log).toEqual(['stop', 'start']);
  });

  it('stops its own run that begins after another change', () => {
    const { host, live } = hosted();
    live.toggle();
    vi.runAllTimers();
    live.started();
    expect(host.log).toEqual(['stop', 'start']);
    live.changed();
    live.started();
    expect(host.log).toEqual(['stop', 'start', 'stop', 'stop']);
  });

  it('forgets a change when it is turned off', () => {
    const { host, live } = hosted();
    live.toggle();
    live.toggle();
    vi.runAllTimers();
    live.idle();
    expect(host.log).toEqual(['stop']);
  });
});
