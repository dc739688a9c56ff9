import { resolve } from 'node:path';
import { checkWritable, writeTextFile } from '../main/engine/files.js';
import { RefusedError } from './failures.js';
import { isStandardOutput, writeStandardOutput } from './standard-output.js';

/** The kinds of export, each a flag that takes a path. */
export const EXPORT_KINDS = ['json', 'csv'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** Makes the text of each kind of export, in pieces. */
export type ExportTexts = Readonly<Record<ExportKind, () => Iterable<string>>>;

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
      const pieces = texts[kind]();
      await (direct ? writeStandardOutput(pieces, signal) : writeTextFile(path, pieces, signal));
    }
  }
}

function refuseCollisions(destinations: readonly Destination[]): void {
  const places = destinations.map((destination) =>
    destination.isStandardOutput ? 'standard output' : resolve(destination.path),
  );
  if (new Set(places).size === places.length) return;
  const flags = destinations.map(({ kind }) => `--${kind}`).join(' and ');
  throw new RefusedError([`${flags} cannot both go to ${places[0] ?? ''}`]);
}
