import { stat } from 'node:fs/promises';
import { devNull } from 'node:os';
import { Option } from 'commander';
import { checkWritable, placeOf, writePieces } from '../files/files.js';
import type { Pieces } from '../files/streams.js';
import { RefusedError, takeAll } from './failures.js';
import { streamBehind, writeToStream, type StreamName } from './standard-streams.js';

/** The kinds of export, each a flag, with what the help says of it. */
export const EXPORT_HELP = {
  json: 'write the report as JSON to a file, or to standard output: -',
  csv: 'write a row for each task as CSV to a file',
  spans: 'write a row for each span as CSV to a file',
  trace: 'write the spans as Chrome Trace Event JSON, which Perfetto opens, to a file',
  speedscope: 'write the spans in the format of speedscope to a file',
  save: 'save the recording to a file, which Gilscope opens again, or to standard output: -',
  markdown: 'write the table for a paper or a README to a file, or else to standard output',
} as const;
export type ExportKind = keyof typeof EXPORT_HELP;
export const EXPORT_KINDS = Object.keys(EXPORT_HELP) as readonly ExportKind[];

/** The kinds that are made of spans, of which there may be more than a viewer takes. */
export const SPAN_EXPORTS = ['spans', 'trace', 'speedscope'] as const satisfies ExportKind[];

/** What an export writes. */
export interface ExportText {
  /** Makes it, in pieces. */
  readonly pieces: () => Pieces;
  /** What to know before it is written, if anything. */
  readonly caution?: () => string | null;
}

/** The texts of all kinds of export that a command has. */
export type ExportTexts = Readonly<Partial<Record<ExportKind, ExportText>>>;

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
  /** The standard stream that it is, if any. */
  readonly stream: StreamName | undefined;
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
   * @throws RefusedError where one has no path, or two go to the same place; an AggregateError of
   *   those that cannot be written
   */
  static async prepare(paths: Partial<Record<ExportKind, string>>): Promise<Exports> {
    const destinations: Destination[] = [];
    for (const kind of EXPORT_KINDS) {
      const path = paths[kind];
      if (path === undefined) continue;
      if (path === '') throw new RefusedError([`--${kind} needs the path of a file`]);
      destinations.push({ kind, path, stream: await streamBehind(path) });
    }
    await refuseCollisions(destinations);
    const files = destinations.filter(({ stream }) => stream === undefined);
    await takeAll(
      files.map(
        ({ path }) =>
          () =>
            checkWritable(path),
      ),
    );
    return new Exports(destinations);
  }

  /** Whether an export goes to standard output, so that nothing else may. */
  get takeStandardOutput(): boolean {
    return this.#destinations.some(({ stream }) => stream === 'standard output');
  }

  /**
   * What writes each export, once it has said what to know before. It throws a FileError, or the
   * signal's reason where that aborts it.
   */
  writers(
    texts: ExportTexts,
    signal: AbortSignal,
    say: (line: string) => void,
  ): (() => Promise<void>)[] {
    return this.#destinations.map(({ kind, path, stream }) => async () => {
      const text = texts[kind];
      if (text === undefined) throw new RefusedError([`there is no --${kind} of this command`]);
      const pieces = text.pieces();
      const caution = text.caution?.() ?? null;
      if (caution !== null) say(caution);
      await (stream === undefined
        ? writePieces(path, pieces, signal)
        : writeToStream(stream, pieces, signal));
    });
  }
}

/** @throws RefusedError where two exports would overwrite each other */
async function refuseCollisions(destinations: readonly Destination[]): Promise<void> {
  const flags = new Map<string, string>();
  for (const { kind, path, stream } of destinations) {
    // What has no place is refused for that.
    const place = stream ?? (await placeOf(path).catch(() => undefined));
    if (place === undefined || (path !== '-' && (await isNowhere(path)))) continue;
    const other = flags.get(place);
    if (other !== undefined) {
      throw new RefusedError([`${other} and --${kind} cannot both go to ${place}`]);
    }
    flags.set(place, `--${kind}`);
  }
}

/** Whether a path is the device that forgets what is written to it. */
async function isNowhere(path: string): Promise<boolean> {
  const [found, nowhere] = await Promise.all(
    [path, devNull].map((name) => stat(name).catch(() => undefined)),
  );
  return found?.isCharacterDevice() === true && found.rdev === nowhere?.rdev;
}
