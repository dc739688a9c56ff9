import type { AnyRecording } from '../../src/storage/recording-file.js';
import { NO_INTERRUPTIONS } from '../../src/recording/interruptions.js';
import { comparedParameters, VARIANTS } from '../../src/experiment/variants.js';
import type { Entry, Pace, RecordedEntry, StreamMessage } from '../../src/ipc/index.js';
import { newEntry } from '../../src/main/recordings/entries.js';
import { aboutOf, recordedOf } from '../../src/main/recordings/recorded.js';
import type { Progress } from '../../src/experiment/progress.js';
import { overviewOf, type Overview } from '../../src/experiment/report.js';
import { encodeSpans } from '../../src/recording/spans.js';
import { receive } from '../../src/renderer/state/receive.js';
import { INITIAL_STATE, type RunState } from '../../src/renderer/state/run-state.js';
import { smallRun } from '../fixtures/parameters.js';
import { CROWDED } from '../fixtures/paces.js';
import { recordOf, type RecordChanges } from '../fixtures/records.js';

/** Messages of the stream, as the main process would send them. */

export const started = (
  run: number,
  changes: RecordChanges = {},
  pace: Pace = CROWDED,
): StreamMessage => ({
  type: 'started',
  run,
  about: aboutOf(recordOf({ ...changes, parameters: parametersOf(changes) })),
  entry: entry('run', [run]),
  pace,
});

/** An entry of the list as it is when it has just been recorded. */
export const entry = (
  kind: Entry['kind'],
  runs: readonly number[],
  changes: Partial<Entry> = {},
): Entry => ({ ...newEntry(kind, runs, new Date('2026-11-30T12:00:00Z')), ...changes });

/** A file was opened, of one recording or of a comparison's four. */
export const opened = (
  recordings: readonly (readonly [run: number, recording: AnyRecording])[],
  changes: Partial<Entry> = {},
): StreamMessage => {
  const kind = recordings.length === 1 ? 'run' : 'comparison';
  const runs = recordings.map(([run]) => run);
  return {
    type: 'opened',
    recorded: {
      entry: entry(kind, runs, {
        isOpened: true,
        isSaved: true,
        file: 'saved.gilscope',
        ...changes,
      }),
      recordings: recordings.map(([run, recording]) => recordedOf(run, recording)),
    },
  };
};

export const progressed = (
  run: number,
  progress: Partial<Progress>,
  pace: Pace = CROWDED,
): StreamMessage => ({
  type: 'progress',
  run,
  pace,
  progress: { phase: 'repeating', repeat: 0, repeats: 2, tasksDone: 0, tasks: 12, ...progress },
});

export const timeline = (run: number, repeat: number, lanes = 2): StreamMessage => ({
  type: 'timeline',
  run,
  repeat,
  lanes,
  warmup: false,
});

/** One span that ends at 100 ns. */
export const spans = (run: number, sequence = 1) =>
  ({
    type: 'spans',
    sequence,
    run,
    words: encodeSpans([{ lane: 0, kind: 'task', task: 0, startNs: 0, endNs: 100 }]),
  }) satisfies StreamMessage;

export const timelineEnd = (run: number, repeat: number, wallNs = 2000): StreamMessage => ({
  type: 'timelineEnd',
  run,
  repeat,
  wallNs,
  keptUntilNs: null,
  interruptions: NO_INTERRUPTIONS,
  dropped: 0,
});

export const ended = (
  run: number,
  changes: Partial<Omit<StreamMessage & { type: 'ended' }, 'type' | 'run'>> = {},
): StreamMessage => ({
  type: 'ended',
  run,
  outcome: 'done',
  overview: overview(),
  failure: null,
  ...changes,
});

/** The figures of a small run of two repeats on two lanes. */
export function overview(changes: RecordChanges = {}): Overview {
  return overviewOf(recordOf(changes));
}

function parametersOf({ walls = [2000, 1000], parameters }: RecordChanges) {
  return smallRun({ repeats: walls.length, ...parameters });
}

/** A run with its figures, started and ended. */
export const wholeRun = (run: number, changes: RecordChanges = {}): StreamMessage[] => [
  started(run, changes),
  ended(run, { overview: overview(changes) }),
];

/** The state after messages. */
export function after(...messages: readonly StreamMessage[]): RunState {
  return messages.reduce(receive, INITIAL_STATE);
}

const comparedRuns = (serial: number) => ({
  serial,
  static: serial + 1,
  executor: serial + 2,
  gilHeld: serial + 3,
});

/** The recordings of a comparison, given by its serial run. */
export function comparedRecordings(serial: number): RecordedEntry {
  const variants = comparedParameters(smallRun());
  return {
    entry: entry('comparison', Object.values(comparedRuns(serial))),
    recordings: VARIANTS.map((variant, place) =>
      recordedOf(serial + place, recordOf({ parameters: variants[variant] })),
    ),
  };
}

/** A comparison that is on, given by its serial run. */
export const comparing = (serial: number): StreamMessage => ({
  type: 'comparing',
  parameters: smallRun(),
  runs: comparedRuns(serial),
  variant: 'serial',
  round: 0,
  wallsNs: { serial: [], static: [], executor: [], gilHeld: [] },
});

/** A comparison that has ended, given by its serial run. */
export const compared = (serial: number): StreamMessage => ({
  type: 'compared',
  parameters: smallRun(),
  runs: comparedRuns(serial),
  outcome: 'done',
  recorded: comparedRecordings(serial),
  failure: null,
});
