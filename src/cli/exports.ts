import { stat } from 'node:fs/promises';
import { devNull } from 'node:os';
import { Option } from 'commander';
import { checkWritable, placeOf, writePieces } from '../files/files.js';
import type { Pieces } from '../files/streams.js';
import { FORMAT_IDS, formatOf, type FormatId } from '../formats/registry.js';
import { RefusedError, takeAll } from './failures.js';
import { streamBehind, writeToStream, type StreamName } from './standard-streams.js';

/** What an export writes. */
export interface ExportText {
  /** Makes it, in pieces. */
  readonly pieces: () => Pieces;
  /** What to know before it is written, if anything. */
  readonly caution?: () => string | null;
}

/** What the flags of a sweep write. */
const SWEEP_HELP = {
  json: formatOf('json').help,
  csv: 'write a row for each cell as CSV to a file',
  walls: formatOf('walls').help,
  markdown: formatOf('markdown').help,
  save: formatOf('save').help,
} as const satisfies Partial<Record<FormatId, string>>;

/** The texts of all that a command writes. */
export type ExportTexts = Readonly<Partial<Record<FormatId, ExportText>>>;

/** What a command found out, as text to read and as exports. Each is made when it is asked for. */
export interface Findings {
  readonly text: () => string;
  readonly exports: ExportTexts;
}

/** The flags of these formats. They take a path, which some may go without. */
export function exportOptions(formats: readonly FormatId[]): Option[] {
  return formats.map((id) => exportOption(id, formatOf(id).help));
}

/** The flags of a sweep. */
export function sweepExportOptions(): Option[] {
  return Object.entries(SWEEP_HELP).map(([id, help]) => exportOption(id as FormatId, help));
}

function exportOption(id: FormatId, help: string): Option {
  return formatOf(id).isPathOptional === true
    ? new Option(`--${id} [file]`, help).preset('-')
    : new Option(`--${id} <file>`, help);
}

/** Where one export goes. */
interface Destination {
  readonly format: FormatId;
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
  static async prepare(paths: Partial<Record<FormatId, string>>): Promise<Exports> {
    const destinations: Destination[] = [];
    for (const format of FORMAT_IDS) {
      const path = paths[format];
      if (path === undefined) continue;
      if (path === '') throw new RefusedError([`--${format} needs the path of a file`]);
      destinations.push({ format, path, stream: await streamBehind(path) });
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

  /** The file that an export goes to; undefined where it was not asked for, or goes to a stream. */
  fileOf(id: FormatId): string | undefined {
    const found = this.#destinations.find(({ format }) => format === id);
    return found?.stream === undefined ? found?.path : undefined;
  }

  /** Those of the exports that there is a text of. */
  existing(texts: ExportTexts): Exports {
    return new Exports(this.#destinations.filter(({ format }) => texts[format] !== undefined));
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
    return this.#destinations.map(({ format, path, stream }) => async () => {
      const text = texts[format];
      if (text === undefined) throw new RefusedError([`there is no --${format} of this command`]);
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
  for (const { format, path, stream } of destinations) {
    // What has no place is refused for that.
    const place = stream ?? (await placeOf(path).catch(() => undefined));
    if (place === undefined || (path !== '-' && (await isNowhere(path)))) continue;
    const other = flags.get(place);
    if (other !== undefined) {
      throw new RefusedError([`${other} and --${format} cannot both go to ${place}`]);
    }
    flags.set(place, `--${format}`);
  }
}

/** Whether a path is the device that forgets what is written to it. */
async function isNowhere(path: string): Promise<boolean> {
  const [found, nowhere] = await Promise.all(
    [path, devNull].map((name) => stat(name).catch(() => undefined)),
  );
  return found?.isCharacterDevice() === true && found.rdev === nowhere?.rdev;
}
