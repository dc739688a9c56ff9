import { recordingBytes, type SweepFile } from '../storage/recording-file.js';
import type { SavedSweep } from '../sweep/saved-sweep.js';
import { portionOf } from '../sweep/shards.js';
import { sweepDocuments } from '../sweep/sweep-documents.js';
import { sweepOf, type Sweep } from '../sweep/sweep.js';
import type { Findings } from './exports.js';
import { sweepText } from './sweep-text.js';

/** What a sweep found out, just measured or out of a file. */
export function sweepFindings(file: SweepFile): Findings {
  const save = { pieces: () => recordingBytes(file) };
  const { recordings, sweep } = file;
  if (recordings.length === 0) {
    return { text: () => `${emptyText(sweep)}\n`, exports: { save } };
  }
  let known: Sweep | undefined;
  const found = () => (known ??= sweepOf(sweep.plan.axes, recordings));
  const documents = sweepDocuments(found, recordings);
  return {
    text: () => sweepText(found()),
    exports: {
      save,
      json: { pieces: documents.json },
      csv: { pieces: documents.csv },
      walls: { pieces: documents.walls },
      markdown: { pieces: documents.markdown },
    },
  };
}

function emptyText({ plan, parts }: SavedSweep): string {
  const isAnyToMeasure = parts.some((shard) => {
    const { cells, rounds } = portionOf(plan, shard);
    return cells.length > 0 && rounds.length > 0;
  });
  return isAnyToMeasure
    ? 'No round of the sweep is over: nothing is measured.'
    : 'There is nothing to measure: the sweep has fewer rounds than parts.';
}
