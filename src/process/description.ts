import { shortened } from '../base/shortened.js';
import { formatCounted } from '../base/units.js';
import type { Description, Locks } from '../recording/recording.js';
import { laneNameOf, type ProcessSource } from './recording.js';

/** Characters of a command that stand in a title or a label, at most. */
const TITLE_LENGTH = 80;
const LABEL_LENGTH = 40;

/** What the recording of a program says of itself. */
export function describeProcess({ command, processes, threads }: ProcessSource): Description {
  const words = command.join(' ');
  const versions = [...new Set(processes.map(({ python }) => `CPython ${python}`))].join(', ');
  const isOneProcess = processes.length === 1;
  const many = isOneProcess ? [] : [formatCounted(processes.length, 'process', 'processes')];
  return {
    title: shortened(words, TITLE_LENGTH),
    subtitle: [versions, ...many, formatCounted(threads.length, 'thread')].join(', '),
    label: shortened(words, LABEL_LENGTH),
    lanes: threads.map((thread) => laneNameOf(thread, isOneProcess)),
    locks: locksOf(threads.map(({ lock }) => lock)),
  };
}

function locksOf(taken: readonly (number | null)[]): Locks {
  const locks = new Set(taken.filter((lock) => lock !== null));
  return locks.size === 0 ? 'none' : locks.size === 1 ? 'one' : 'each';
}
