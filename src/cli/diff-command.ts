import type { Command } from 'commander';
import { diffOf, OtherWorkError, type Diff } from '../experiment/diff.js';
import { jsonText } from '../formats/json.js';
import { openRecordings, type RecordingFile, type RunsFile } from '../storage/recording-file.js';
import { diffText, disagreement } from './diff-text.js';
import { Exports, exportOptions } from './exports.js';
import { RefusedError, takeAll } from './failures.js';
import type { FileCommandContext } from './file-commands.js';
import type { FlagValues } from './flags.js';
import { writeToStream } from './standard-streams.js';

/** Adds `diff`, which compares two saved recordings of the same work, or two comparisons row by row. */
export function addDiffCommand(program: Command, { signal, say }: FileCommandContext): void {
  const command = program
    .command('diff <base> <other>')
    .description('compare two saved recordings of the same work')
    .action(async (base: string, other: string, values: FlagValues) => {
      const exports = await Exports.prepare(values);
      const diff = await diffOfFiles(base, other);
      const json = { pieces: () => jsonText(diff) };
      const writers = exports.writers({ json }, signal, say);
      if (!exports.takeStandardOutput) {
        writers.unshift(() => writeToStream('standard output', [diffText(diff)], signal));
      }
      await takeAll(writers, signal);
      refuseOtherResults(diff);
    });
  for (const option of exportOptions(['json'])) command.addOption(option);
}

/** @throws RefusedError where they are not of the same work */
async function diffOfFiles(basePath: string, otherPath: string): Promise<Diff> {
  const [base, other] = [await openRecordings(basePath), await openRecordings(otherPath)];
  if (base.kind !== other.kind) {
    throw new RefusedError([
      `${basePath} is a ${base.kind} and ${otherPath} a ${other.kind}; diff takes two of a kind`,
    ]);
  }
  if (!isOfRuns(base) || !isOfRuns(other)) {
    throw new RefusedError([`${basePath} is a ${base.kind}; diff takes runs and comparisons`]);
  }
  try {
    return diffOf(base.recordings, other.recordings);
  } catch (error) {
    if (!(error instanceof OtherWorkError)) throw error;
    throw new RefusedError([`${basePath} and ${otherPath} cannot be compared: ${error.message}`]);
  }
}

function isOfRuns(file: RecordingFile): file is RunsFile {
  return file.kind === 'run' || file.kind === 'comparison';
}

/** @throws Error where results of the same work are not the same: its times say nothing then */
function refuseOtherResults({ rows }: Diff): void {
  const differing = rows.find(({ results }) => results.disagreeing > 0);
  if (differing !== undefined) throw new Error(disagreement(differing.results));
}
