import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { plainLine } from '../../base/plain-text.js';
import type { AnyRecording, RecordingFile } from '../../storage/recording-file.js';
import type { Entry, RequestOf, StreamMessage } from '../../ipc/index.js';
import { asError } from '../failures.js';
import type { SpanStream } from '../runs/span-stream.js';
import { fileName, openedEntry, runOfCell, type Besides } from './entries.js';
import type { EntryList } from './entry-list.js';
import type { FileTasks, OpenedFile } from './file-tasks.js';
import type { RecentFiles } from './recent-files.js';
import { shownMachine } from './recorded.js';
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
    const opened = await files.open(path, signal, (share) => {
      stream.sendNews({ type: 'opening', opening: { file: name, share } });
    });
    const { file } = opened;
    const all: readonly AnyRecording[] = file.recordings;
    const { id, runs } = this.#numbered(file);
    const wallNs = all
      .flatMap(({ repeats }) => [...repeats])
      .reduce((total, repeat) => total + repeat.wallNs, 0);
    const entry = openedEntry(id, runs, path, file);
    list.add(entry, path, wallNs, besidesIn(file));
    session.tell(openedMessage(entry, opened));
    for (const [place, recording] of all.entries()) {
      session.keep(runs[place] ?? NaN, recording);
    }
    recent.add(path);
  }

  /** Takes numbers for the recordings of a file, and one for its entry; those of a sweep keep their cells' order. */
  #numbered(file: RecordingFile): { id: number; runs: number[] } {
    const { session } = this.#parts;
    if (file.kind !== 'sweep') {
      const id = session.number(file.recordings.length);
      return { id, runs: file.recordings.map((_, place) => id + place) };
    }
    const id = session.number(Math.max(...file.recordings.map(({ number }) => number)));
    return { id, runs: file.recordings.map((recording) => runOfCell(id, recording)) };
  }
}

function besidesIn(file: RecordingFile): Partial<Besides> {
  if (file.kind === 'sweep') return { sweep: file.sweep };
  return file.kind === 'python-comparison' ? { python: file.python } : {};
}

/** What the page is told of a file that was opened. */
function openedMessage(entry: Entry, { file, recorded, findings }: OpenedFile): StreamMessage {
  if (file.kind === 'sweep' && findings !== null) {
    const { axes } = file.sweep.plan;
    const whole = { entry, machine: shownMachine(file.machine), findings };
    return {
      type: 'swept',
      sweep: entry.id,
      axes,
      outcome: 'done',
      recorded: whole,
      failure: null,
    };
  }
  const recordings = recorded.map((each, place) => ({ ...each, run: entry.runs[place] ?? NaN }));
  return { type: 'opened', recorded: { entry, recordings } };
}

function refusal(lines: readonly string[]): StreamMessage {
  const shown = lines.slice(0, MOST_LINES);
  const more = lines.length - shown.length;
  if (more > 0) shown.push(`… and ${more} more`);
  return { type: 'failed', failure: { message: shown.join('\n') } };
}
