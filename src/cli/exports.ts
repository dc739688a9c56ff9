import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { checkWritable, writePieces } from '../main/engine/files.js';
import { RefusedError } from './failures.js';
import { isStandardOutput, writeStandardOutput } from './standard-output.js';

/** The kinds of export, each a flag, with what the help says of it. */
export const EXPORT_HELP = {
  json: 'write the report as JSON to a file, or to standard output: -',
  csv: 'write a row for each task as CSV to a file',
  spans: 'write a row for each span as CSV to a file',
  trace: 'write the spans as Chrome Trace Event JSON, which Perfetto opens, to a file',
  speedscope: 'write the spans in the format of speedscope to a file',
  markdown: 'write the table for a paper or a README to a file, or else to standard output',
} as const;
export type ExportKind = keyof typeof EXPORT_HELP;
export const EXPORT_KINDS = Object.keys(EXPORT_HELP) as readonly ExportKind[];

/** Makes the text of each kind of export that a command has, in pieces. */
export type ExportTexts = Readonly<Partial<Record<ExportKind, () => Iterable<string>>>>;

/** The flags of these kinds. They take a path; that of Markdown may be left out. */
export function exportOptions(kinds: readonly ExportKind[]): Option[] {
  return kinds.map((kind) =>
    kind === 'markdown'
      ? new Option(`--${kind} [file]`, EXPORT_HELP[kind]).preset('-')
      : new Option(`--${kind} <file>`, EXPORT_HELP[kind]),
  );
}

/** Where one export goes. */
interface Destination {
  readonly kind: ExportKind;
  readonly path: string;
  readonly isStandardOutput: boolean;
}

/** The exports that a command was asked for. */
export class Exports {
  readonly #destinations: readonly Destination[];

  private constructor(destinations: readonly Destination[]) {
    this.#destinations = destinations;
  }

  /**
   * Looks at where the exports are to go, before the run that they wait for.
   *
   * @throws RefusedError where two go to the same place, FileError where one cannot be written
   */
  static async prepare(paths: Partial<Record<ExportKind, string>>): Promise<Exports> {
    const destinations: Destination[] = [];
    for (const kind of EXPORT_KINDS) {
      const path = paths[kind];
      if (path === undefined) continue;
      destinations.push({ kind, path, isStandardOutput: await isStandardOutput(path) });
    }
    refuseCollisions(destinations);
    for (const { path, isStandardOutput: direct } of destinations) {
      if (!direct) await checkWritable(path);
    }
    return new Exports(destinations);
  }

  /** Whether an export goes to standard output, so that nothing else may. */
  get takeStandardOutput(): boolean {
    return this.#destinations.some((destination) => destination.isStandardOutput);
  }

  /**
   * Writes all exports.
   *
   * @throws FileError where one cannot be written, or the signal's reason where that aborts it
   */
  async write(texts: ExportTexts, signal: AbortSignal): Promise<void> {
    for (const { kind, path, isStandardOutput: direct } of this.#destinations) {
      const pieces = texts[kind]?.();
      if (pieces === undefined) throw new RefusedError([`there is no --${kind} of this command`]);
      await (direct ? writeStandardOutput(pieces, signal) : writePieces(path, pieces, signal));
    }
  }
}

/** The file behind any links; undefined where there is none yet. */
function realPathOf(path: string): string | undefined {
  return existsSync(path) ? realpathSync(path) : undefined;
}

/** @throws RefusedError where two exports would overwrite each other */
function refuseCollisions(destinations: readonly Destination[]): void {
  const flags = new Map<string, string>();
  for (const { kind, path, isStandardOutput: direct } of destinations) {
    const place = direct ? 'standard output' : (realPathOf(path) ?? resolve(path));
    const other = flags.get(place);
    if (other !== undefined) {
      throw new RefusedError([`${other} and --${kind} cannot both go to ${place}`]);
    }
    flags.set(place, `--${kind}`);
  }
}
