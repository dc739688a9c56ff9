import type { Answer, Entry, Failure } from '../../ipc/index.js';
import type { Ask } from '../app/bridge.js';
import type { RunState } from './run-state.js';
import { entryName } from './wording.js';

/** What the commands work on, and where it is told what became of them. */
export interface EntryHost {
  readonly state: Pick<RunState, 'entries' | 'recent' | 'removed'>;
  readonly isBusy: boolean;
  notice(text: string): void;
  fail(failure: Failure, notice?: string): void;
  dismiss(): void;
}

/** What is done with the entries of the list, and with files of them. */
export class EntryCommands {
  readonly #host: EntryHost;
  readonly #ask: Ask;
  #isSaving = $state(false);
  /** The form was changed since an entry was removed, so that Undo is the form's. */
  #isFormNewer = $state(true);

  constructor(host: EntryHost, ask: Ask) {
    this.#host = host;
    this.#ask = ask;
  }

  /** A file is being written. */
  get isSaving(): boolean {
    return this.#isSaving;
  }

  /** There is something that was removed and can be put back. */
  get canRestore(): boolean {
    return this.#host.state.removed.length > 0;
  }

  /** Undo puts back what was removed, rather than revert the form. */
  get isUndoable(): boolean {
    return this.canRestore && !this.#isFormNewer;
  }

  /** The form has been changed, which is what is undone first. */
  formChanged(): void {
    this.#isFormNewer = true;
  }

  /** Asks which files to open. */
  async open(): Promise<void> {
    await this.#do(() => this.#ask('openFiles', null));
  }

  /** Opens files that were dropped. */
  async openDropped(files: readonly File[]): Promise<void> {
    if (files.length > 0) await this.#do(() => this.#ask('openDropped', files));
  }

  /** Opens the recent file at a place of the list. */
  async openRecent(place: number): Promise<void> {
    const file = this.#host.state.recent[place];
    if (file !== undefined) await this.#do(() => this.#ask('openRecent', { place, file }));
  }

  /** Saves an entry to its file, or where the user says. */
  async save(entry: Entry, as: boolean): Promise<void> {
    if (this.#isSaving) return;
    this.#host.dismiss();
    if (entry.isSaved && !as) {
      this.#host.notice(`${entry.file ?? 'It'} has all of it already`);
      return;
    }
    this.#isSaving = true;
    const answer = await this.#ask('saveEntry', { id: entry.id, as });
    this.#isSaving = false;
    if (!answer.ok) this.#host.fail(answer.failure, 'Nothing was saved');
    else if (answer.value.status === 'cancelled') this.#host.notice('Nothing was saved');
    else this.#host.notice(`Saved ${entryName(entry)} to ${answer.value.path}`);
  }

  /** Gives an entry a name or a note. */
  async describe({ id, name, note }: Entry, changes: Partial<Entry>): Promise<void> {
    await this.#do(() => this.#ask('describeEntry', { id, name, note, ...pick(changes) }));
  }

  /** Takes an entry out of the list. */
  async remove(entry: Entry): Promise<void> {
    const answer = await this.#do(() => this.#ask('removeEntry', entry.id));
    if (answer.ok && answer.value.status === 'removed') this.#isFormNewer = false;
  }

  /** Puts back what was removed last. */
  async restore(): Promise<void> {
    if (this.canRestore) await this.#do(() => this.#ask('restoreEntry', null));
  }

  async #do<Value>(ask: () => Promise<Answer<Value>>): Promise<Answer<Value>> {
    this.#host.dismiss();
    const answer = await ask();
    if (!answer.ok) this.#host.fail(answer.failure);
    return answer;
  }
}

function pick({ name, note }: Partial<Entry>): Partial<Pick<Entry, 'name' | 'note'>> {
  return { ...(name === undefined ? {} : { name }), ...(note === undefined ? {} : { note }) };
}
