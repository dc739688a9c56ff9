import { version } from '../../../package.json';
import { isExperiment } from '../../experiment/recording.js';
import {
  comparisonFileName,
  namedFileName,
  runFileName,
  sweepFileName,
  today,
} from '../../experiment/file-name.js';
import { formatOf } from '../../formats/registry.js';
import type { Entry, RequestOf, ResponseOf } from '../../ipc/index.js';
import { isProcess, type AnyRecording, type RecordingFile } from '../../storage/recording-file.js';
import { askAboutUnsaved, type UnsavedAnswer } from '../ask-about-unsaved.js';
import { askForPath } from '../save-dialog.js';
import { called, fileName, isUnsavedWork, type KeptEntry } from './entries.js';
import type { EntryList } from './entry-list.js';
import type { FileTasks } from './file-tasks.js';
import type { RecentFiles } from './recent-files.js';
import type { Session } from './session.js';

/** How files of recordings are called in dialogs. */
const FORMAT = formatOf('save');

/** What the user does with entries of the list: names, saves and removes them. */
export class EntryService {
  readonly #session: Session;
  readonly #entries: EntryList;
  readonly #recent: RecentFiles;
  readonly #files: FileTasks;
  readonly #closing = new AbortController();
  /** Files that are being written. */
  readonly #writing = new Set<Promise<void>>();

  constructor(session: Session, entries: EntryList, recent: RecentFiles, files: FileTasks) {
    this.#session = session;
    this.#entries = entries;
    this.#recent = recent;
    this.#files = files;
  }

  /** Gives an entry a name and a note, which are in its file once it is saved again. */
  describe({ id, name, note }: RequestOf<'describeEntry'>): void {
    const next = called({ name, note });
    const { entry } = this.#entries.of(id);
    if (next.name === entry.name && next.note === entry.note) return;
    this.#entries.change(id, { ...next, isSaved: false });
  }

  /** Takes an entry out of the list, once it has asked where work would be lost. */
  async remove(id: number): Promise<ResponseOf<'removeEntry'>> {
    const kept = this.#entries.of(id);
    if (isUnsavedWork(kept) && !(await this.#settle([kept], 'remove it'))) {
      return { status: 'cancelled' };
    }
    this.#entries.remove(id);
    return { status: 'removed' };
  }

  /** Puts back what was removed last. */
  restore(): void {
    this.#entries.restore();
  }

  /** Whether the app may quit: asks where work would be lost. */
  async mayQuit(): Promise<boolean> {
    const { unsaved } = this.#entries;
    return unsaved.length === 0 || this.#settle(unsaved, 'quit');
  }

  /** Whether quitting would lose work. */
  get hasUnsavedWork(): boolean {
    return this.#entries.unsaved.length > 0;
  }

  /**
   * Saves an entry to its file, or where the user says if it has none or is to have another.
   *
   * @throws Error if its spans are no longer kept, or the system refuses; an older file then stays
   */
  async save(id: number, isAs: boolean): Promise<ResponseOf<'saveEntry'>> {
    const kept = this.#entries.of(id);
    const saved = this.#savedOf(kept);
    const path = (isAs ? null : kept.path) ?? (await askForPath(proposalFor(kept, saved)));
    if (path === null) return { status: 'cancelled' };
    await this.#write(path, saved);
    // What was changed meanwhile is not in the file.
    const { entry } = this.#entries.of(id);
    const isSaved = entry.name === (saved.name ?? '') && entry.note === saved.note;
    this.#entries.change(id, { file: fileName(path), isSaved }, path);
    this.#recent.add(path);
    return { status: 'saved', path };
  }

  /** Gives up the files that are being written; resolves when their parts are gone. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the app was closed'));
    await Promise.allSettled(this.#writing);
  }

  /** Asks about entries whose work would be lost, and saves them if so asked; false to not go on. */
  async #settle(entries: readonly KeptEntry[], before: string): Promise<boolean> {
    const answer: UnsavedAnswer = await askAboutUnsaved(
      entries.map(({ entry }) => this.#titleOf(entry)),
      before,
    );
    if (answer !== 'save') return answer === 'discard';
    for (const { entry } of entries) {
      if ((await this.save(entry.id, false)).status !== 'saved') return false;
    }
    return true;
  }

  async #write(path: string, saved: RecordingFile): Promise<void> {
    const writing = this.#files.save(path, saved, this.#closing.signal);
    this.#writing.add(writing);
    try {
      await writing;
    } finally {
      this.#writing.delete(writing);
    }
  }

  #savedOf({ entry, besides: { python, sweep } }: KeptEntry): RecordingFile {
    const { kind, runs, created, name, note } = entry;
    const recordings = runs.map((run) => this.#session.recording(run));
    if (recordings.some(({ repeats }) => repeats.some(({ spans }) => spans.length === 0))) {
      throw new Error(
        `The spans of ${this.#titleOf(entry)} were let go to save memory: it cannot be saved.`,
      );
    }
    const about = { created, name: name === '' ? undefined : name, note, version };
    if (python !== null) return { ...about, kind: 'python-comparison', recordings, python };
    const experiments = recordings.filter(isExperiment);
    const [first] = recordings;
    if (first === undefined) throw new RangeError('an entry has a run');
    if (isProcess(first)) return { ...about, kind: 'process', recordings: [first] };
    const { machine } = first;
    return sweep === null
      ? { ...about, kind: kind === 'comparison' ? kind : 'run', recordings: experiments }
      : { ...about, kind: 'sweep', machine, sweep, recordings: experiments };
  }

  /** What an entry is called in a question. */
  #titleOf(entry: Entry): string {
    if (entry.name !== '') return `“${entry.name}”`;
    const [first, last] = [entry.runs[0], entry.runs.at(-1)];
    return entry.kind === 'run' ? `run ${first}` : `the ${entry.kind} of runs ${first} to ${last}`;
  }
}

const TITLES = {
  run: 'Save the recording',
  comparison: 'Save the comparison',
  sweep: 'Save the sweep',
} as const satisfies Record<Entry['kind'], string>;

function proposalFor(
  { entry, path }: KeptEntry,
  { recordings }: { readonly recordings: readonly AnyRecording[] },
) {
  return {
    title: TITLES[entry.kind],
    name: proposedName(entry, recordings),
    format: FORMAT,
    beside: path,
  };
}

function proposedName({ kind, name }: Entry, recordings: readonly AnyRecording[]): string {
  const day = today();
  if (name !== '') return namedFileName(name, day);
  if (kind === 'sweep') return sweepFileName(recordings.length, day);
  const experiments = recordings.filter(isExperiment);
  const parameters = experiments.at(kind === 'comparison' ? 2 : 0)?.source.parameters;
  if (parameters === undefined) return namedFileName(recordings[0]?.description.label ?? '', day);
  return kind === 'run' ? runFileName(parameters, day) : comparisonFileName(parameters, day);
}
