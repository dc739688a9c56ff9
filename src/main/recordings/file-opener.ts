import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { plainLine } from '../../base/plain-text.js';
import type { AnyRecording } from '../../storage/recording-file.js';
import type { RequestOf, StreamMessage } from '../../ipc/index.js';
import { asError } from '../failures.js';
import type { SpanStream } from '../runs/span-stream.js';
import { fileName, openedEntry } from './entries.js';
import type { EntryList } from './entry-list.js';
import type { FileTasks } from './file-tasks.js';
import type { RecentFiles } from './recent-files.js';
import type { Session } from './session.js';

/** What opening files works with. */
export interface FileOpenerParts {
  readonly session: Session;
  readonly stream: SpanStream;
  readonly list: EntryList;
  readonly recent: RecentFiles;
  readonly files: FileTasks;
}

/** Longest line about a file that cannot be opened, and most such lines that are shown. */
const LINE_LENGTH = 400;
const MOST_LINES = 5;

/** Opens files of recordings: each becomes an entry of the list. */
export class FileOpener {
  readonly #parts: FileOpenerParts;

  constructor(parts: FileOpenerParts) {
    this.#parts = parts;
  }

  /**
   * Opens files one after the other, on a thread of their own. The page is told of those that cannot
   * be opened, a line for each.
   *
   * @throws EngineBusyError where something is running
   */
  async open(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    const { session, stream } = this.#parts;
    const refused: string[] = [];
    const signal = session.begin();
    try {
      for (const path of paths) {
        const problem = await this.#tryFile(path, signal);
        if (signal.aborted) break;
        if (problem !== null) refused.push(problem);
      }
    } finally {
      session.end();
    }
    stream.send({ type: 'opening', opening: null });
    if (refused.length > 0) stream.announce(refusal(refused));
  }

  /**
   * Opens files that were dropped on the window.
   *
   * @throws Error where one is no path of this system, or a run is on
   */
  async openDropped(paths: RequestOf<'openDropped'>): Promise<void> {
    if (paths.length === 0) throw new Error('What was dropped is no file of this system.');
    if (!paths.every((path) => isAbsolute(path)))
      throw new Error('A dropped file has no whole path.');
    await this.open(paths);
  }

  /**
   * Opens one of the recent files.
   *
   * @throws Error where the list has another one there by now, or a run is on
   */
  async openRecent({ place, file }: RequestOf<'openRecent'>): Promise<void> {
    const { recent } = this.#parts;
    const path = recent.paths[place];
    if (path === undefined || recent.names[place] !== file) {
      throw new Error('The list of recent files has changed: choose again.');
    }
    await this.open([path]);
  }

  /** Opens a file. Returns why it could not, in a line; null where it could. */
  async #tryFile(path: string, signal: AbortSignal): Promise<string | null> {
    try {
      await this.#openFile(path, signal);
      return null;
    } catch (error) {
      if (!signal.aborted && !existsSync(path)) this.#parts.recent.remove(path);
      const line = plainLine(asError(error).message, LINE_LENGTH);
      return `${line.charAt(0).toUpperCase()}${line.slice(1)}`;
    }
  }

  async #openFile(path: string, signal: AbortSignal): Promise<void> {
    const { session, stream, list, recent, files } = this.#parts;
    const name = fileName(path);
    stream.send({ type: 'opening', opening: { file: name, share: 0 } });
    const { file, recorded } = await files.open(path, signal, (share) => {
      stream.sendNews({ type: 'opening', opening: { file: name, share } });
    });
    const first = session.number(recorded.length);
    const recordings = recorded.map((each, place) => ({ ...each, run: first + place }));
    const entry = openedEntry(
      recordings.map(({ run }) => run),
      path,
      file,
    );
    const all: readonly AnyRecording[] = file.recordings;
    const repeats = all.flatMap((recording) => [...recording.repeats]);
    list.add(
      entry,
      path,
      repeats.reduce((total, { wallNs }) => total + wallNs, 0),
      file.kind === 'python-comparison' ? file.python : null,
    );
    session.tell({ type: 'opened', recorded: { entry, recordings } });
    for (const [place, recording] of all.entries()) {
      session.keep(first + place, recording);
    }
    recent.add(path);
  }
}

function refusal(lines: readonly string[]): StreamMessage {
  const shown = lines.slice(0, MOST_LINES);
  const more = lines.length - shown.length;
  if (more > 0) shown.push(`… and ${more} more`);
  return { type: 'failed', failure: { message: shown.join('\n') } };
}
