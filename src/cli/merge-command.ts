import type { Command } from 'commander';
import { formatCounted } from '../base/units.js';
import { mergeSweeps, type MergedSweep } from '../storage/merge-sweeps.js';
import { missingParts } from '../sweep/merge.js';
import { Exports, exportOptions } from './exports.js';
import { RefusedError, takeAll } from './failures.js';
import type { FileCommandContext } from './file-commands.js';
import type { FlagValues } from './flags.js';
import { writeToStream } from './standard-streams.js';

/** Adds `merge`, which joins parts of a sweep that were measured apart. */
export function addMergeCommand(program: Command, { signal, say }: FileCommandContext): void {
  const command = program
    .command('merge <part...>')
    .description('join parts of a sweep that were measured apart')
    .action(async (paths: string[], values: FlagValues) => {
      if (values['save'] === undefined) {
        throw new RefusedError(['there is nowhere to write the sweep to; give --save FILE']);
      }
      const exports = await Exports.prepare(values);
      const merged = await mergeSweeps(paths);
      await takeAll(exports.writers({ save: { pieces: merged.bytes } }, signal, say), signal);
      if (exports.takeStandardOutput) return;
      await writeToStream('standard output', [mergedText(merged, paths)], signal);
    });
  for (const option of exportOptions(['save'])) command.addOption(option);
}

/** Parts that are named one by one, at most. */
const PARTS_NAMED = 20;

/** What was merged, and what is missing. */
function mergedText({ sweep, runs, machines, repeats }: MergedSweep, paths: string[]): string {
  const on = machines === 1 ? '' : ` on ${machines} machines that differ, side by side`;
  const missing = missingParts(sweep);
  const named = missing.slice(0, PARTS_NAMED).join(', ');
  const more = missing.length > PARTS_NAMED ? ', …' : '';
  return [
    `${formatCounted(paths.length, 'file')}: ${formatCounted(runs, 'cell')}${on}, ${formatCounted(repeats, 'repeat')} in all`,
    ...(missing.length === 0
      ? []
      : [`Missing: ${missing.length} of ${sweep.parts[0]?.count ?? 0} parts (${named}${more})`]),
    '',
  ].join('\n');
}
