import { comparisonMarkdown } from './comparison-markdown.js';
import { comparisonInOrder } from './comparison.js';
import type { ExperimentRecording } from './recording.js';
import { reportOf } from './report.js';

/**
 * Returns what experiments are exported as beside their spans and tasks: the report of a run, or that
 * of a comparison, given by its four runs in the order of the table, and its table as Markdown.
 * Either throws a RangeError where they are neither.
 */
export function documentsOf(recordings: readonly ExperimentRecording[]): {
  readonly report: () => object;
  readonly table: (() => string) | null;
} {
  const [first] = recordings;
  if (first !== undefined && recordings.length === 1) {
    return { report: () => reportOf(first), table: null };
  }
  return {
    report: () => comparisonInOrder(recordings),
    table: () => comparisonMarkdown(comparisonInOrder(recordings)),
  };
}
