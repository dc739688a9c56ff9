import { describe, expect, it, vi } from 'vitest';
import { Session } from '../../../src/main/recordings/session.js';
import type { StreamMessage } from '../../../src/ipc/index.js';
import { SpanStream } from '../../../src/main/runs/span-stream.js';
import { smallAxes } from '../../fixtures/sweeps.js';
import { compared, comparing, entry, wholeRun } from '../../renderer/messages.js';

vi.mock('electron', () => ({}));

const AXES = smallAxes({ threads: [1, 2] });

/** What a page that is loaded now would be told, by kind. */
function toldAfter(...messages: readonly StreamMessage[]): string[] {
  const session = new Session(new SpanStream());
  for (const message of messages) session.tell(message);
  return session.history.map(({ type }) => type);
}

const sweeping: StreamMessage = { type: 'sweeping', sweep: 1, axes: AXES, findings: null };
const swept: StreamMessage = {
  ...{ type: 'swept', sweep: 1, axes: AXES, outcome: 'stopped' },
  ...{ recorded: null, failure: null },
};
const recent: StreamMessage = { type: 'recent', files: ['a'] };
const named: StreamMessage = { type: 'entry', entry: entry('run', [1], { name: 'mine' }) };

describe('what a page to come is told', () => {
  it('is the last of what replaces what was said before', () => {
    expect(toldAfter(sweeping, sweeping)).toEqual(['sweeping']);
    expect(toldAfter(sweeping, swept)).toEqual(['swept']);
    expect(toldAfter(comparing(1), comparing(1), compared(1))).toEqual(['compared']);
    expect(toldAfter(recent, recent)).toEqual(['recent']);
  });

  it('has what goes on, also where something else was said since', () => {
    expect(toldAfter(...wholeRun(1), sweeping, named)).toEqual([
      'started',
      'ended',
      'sweeping',
      'entry',
    ]);
    expect(toldAfter(comparing(1), named)).toEqual(['comparing', 'entry']);
  });
});
