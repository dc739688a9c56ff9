import type { Machine } from '../../recording/machine.js';
import type { Recording } from '../../recording/recording.js';
import type { RecordingJson } from './recording-json.js';

/**
 * The files inside `NAME.gilscope`, a zip archive:
 *
 *     README.txt          three lines for whoever opens it without Gilscope
 *     recording.json      what it is of (recording-json.ts)
 *     runs/K/spans.arrow  the spans of run K (span-table.ts)
 *     runs/K/tasks.arrow  its tasks, where it has some (task-table.ts)
 */

export const README_NAME = 'README.txt';
export const JSON_NAME = 'recording.json';

export function spansName(run: number): string {
  return `runs/${run}/spans.arrow`;
}

export function tasksName(run: number): string {
  return `runs/${run}/tasks.arrow`;
}

/** What is said of recordings that are saved together. */
export interface SavedAbout {
  /** Whether they are of one run, one comparison, one sweep, or a program. */
  readonly kind: RecordingJson['kind'];
  /** What a sweep says of itself. */
  readonly sweep?: Readonly<Record<string, unknown>> | undefined;
  /** What was measured in a Python. */
  readonly python?: Readonly<Record<string, unknown>> | undefined;
  /** When they were recorded, as ISO 8601. */
  readonly created: string;
  /** What the user calls it, where it has a name of its own. */
  readonly name?: string | undefined;
  readonly note: string;
  /** The version of Gilscope that wrote them. */
  readonly version: string;
}

/** What is saved together. */
export interface Saved extends SavedAbout {
  readonly recordings: readonly Recording[];
  /** Where they were recorded; the first one's own where it is not said. */
  readonly machine?: Machine | undefined;
}
