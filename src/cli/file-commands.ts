import { Option, type Command } from 'commander';
import { shortened } from '../base/shortened.js';
import { FORMAT_IDS, formatOf } from '../formats/registry.js';
import { ALL_SPANS } from '../formats/span-part.js';
import { isProcess, openRecordings, type RecordingFile } from '../storage/recording-file.js';
import { Exports, exportOptions } from './exports.js';
import { RefusedError, takeAll } from './failures.js';
import { findingsOf } from './findings.js';
import { strictNumber, type FlagValues } from './flags.js';
import { partFrom, partOptions } from './part-flags.js';
import { writeToStream } from './standard-streams.js';

/** What the commands on files need from outside. */
export interface FileCommandContext {
  /** Aborts where the user ends the command. */
  readonly signal: AbortSignal;
  /** Says a line on standard error. */
  readonly say: (line: string) => void;
}

/** Adds `show`, which reports on saved recordings. */
export function addShowCommand(program: Command, { signal, say }: FileCommandContext): void {
  const command = program
    .command('show <file...>')
    .description('report on saved recordings')
    .action(async (paths: string[], values: FlagValues) => {
      if (values['json'] !== undefined && paths.length > 1) {
        throw new RefusedError(['--json takes the report of one file; give one']);
      }
      const exports = await Exports.prepare(values);
      const opened = await Promise.all(paths.map(openFindings));
      const [first] = opened;
      const writers = exports.writers(first?.exports ?? {}, signal, say);
      if (!exports.takeStandardOutput) {
        const texts = opened.map(({ path, file, text }) => `${origin(path, file)}\n${text()}`);
        writers.unshift(() => writeToStream('standard output', [texts.join('\n')], signal));
      }
      await takeAll(writers, signal);
    });
  for (const option of exportOptions(['json'])) command.addOption(option);
}

async function openFindings(path: string) {
  const file = await openRecordings(path);
  return { path, file, ...findingsOf(file, ALL_SPANS) };
}

/** What a saved recording is exported in: all but what it is itself. */
const EXPORTED = FORMAT_IDS.filter((id) => formatOf(id).content !== 'recording');

/** Adds `export`, which writes what a run would have written of a saved recording. */
export function addExportCommand(program: Command, { signal, say }: FileCommandContext): void {
  const command = program
    .command('export <file>')
    .description('write exports of a saved recording')
    .action(async (path: string, values: FlagValues) => {
      if (EXPORTED.every((id) => values[id] === undefined)) {
        throw new RefusedError([`nothing to export; give one of --${EXPORTED.join(', --')}`]);
      }
      const exports = await Exports.prepare(values);
      const file = oneRun(await openRecordings(path), values['run']);
      const repeats = Math.min(...file.recordings.map((recording) => recording.repeats.length));
      const findings = findingsOf(file, partFrom(values, repeats));
      await takeAll(exports.writers(findings.exports, signal, say), signal);
    });
  const run = new Option('--run <number>', 'only this run of a comparison or a sweep; from 1');
  command.addOption(run.argParser(strictNumber));
  for (const option of [...exportOptions(EXPORTED), ...partOptions()]) command.addOption(option);
}

/** The file with one of its runs alone, if one is asked for. */
function oneRun(file: RecordingFile, run: unknown): RecordingFile {
  if (run === undefined) return file;
  const { recordings, created, note, version } = file;
  const about = { created, note, version };
  const found = recordings.find(({ number }) => number === run);
  if (found !== undefined) {
    return isProcess(found)
      ? { kind: 'process', recordings: [found], ...about }
      : { kind: 'run', recordings: [found], ...about };
  }
  const numbers = shortened(recordings.map(({ number }) => number).join(', '), 80);
  throw new RefusedError([`run is ${JSON.stringify(run)}; it takes one of ${numbers} (--run)`]);
}

/** Where a report comes from: `saved.gilscope, recorded 2026-11-30 12:00 UTC by Gilscope 0.1.0`. */
function origin(path: string, { created, version, name, note }: RecordingFile): string {
  const when = created.slice(0, 16).replace('T', ' ');
  const from = `${path}, recorded ${when} UTC by Gilscope ${version}`;
  return [from, name ?? '', note].filter((line) => line !== '').join('\n');
}
