import type { Entry } from '../../ipc/index.js';
import { isUnsavedWork, type Besides, type KeptEntry } from './entries.js';
import type { Session } from './session.js';

/** The list of entries, which the user names, removes and puts back; each change is told to the page. */
export class EntryList {
  readonly #session: Session;
  readonly #kept = new Map<number, KeptEntry>();
  /** Those that were removed, and can be put back; the last one last. */
  #removed: number[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** Lists an entry that the page is told of with its recordings. */
  add(
    entry: Entry,
    path: string | null,
    wallNs: number,
    { python = null, sweep = null }: Partial<Besides> = {},
  ): void {
    this.#kept.set(entry.id, { entry, path, wallNs, besides: { python, sweep } });
    this.#removed = this.#removed.filter((id) => id !== entry.id);
  }

  /** An entry that is listed already has been measured: how long that took, in ns. */
  measured(id: number, wallNs: number): void {
    const kept = this.#kept.get(id);
    if (kept !== undefined) this.#kept.set(id, { ...kept, wallNs });
  }

  /**
   * Returns an entry.
   *
   * @throws Error where there is none with that id
   */
  of(id: number): KeptEntry {
    const kept = this.#kept.get(id);
    if (kept === undefined || this.#removed.includes(id)) {
      throw new Error(`There is no entry ${id} in the list.`);
    }
    return kept;
  }

  /** Changes what an entry is called or where it is saved. */
  change(id: number, changes: Partial<Entry>, path = this.of(id).path): void {
    const kept = this.of(id);
    const entry = { ...kept.entry, ...changes };
    this.#kept.set(id, { ...kept, entry, path });
    this.#session.tell({ type: 'entry', entry });
  }

  /** Takes an entry out of the list; it can be put back. */
  remove(id: number): void {
    this.of(id);
    this.#removed.push(id);
    this.#session.tell({ type: 'removed', id });
  }

  /**
   * Puts the entry back that was removed last.
   *
   * @throws Error where none was
   */
  restore(): void {
    const id = this.#removed.pop();
    if (id === undefined) throw new Error('Nothing was removed that could be put back.');
    this.#session.tell({ type: 'restored', id });
  }

  /** The entries whose work would be lost. */
  get unsaved(): readonly KeptEntry[] {
    const listed = [...this.#kept].filter(([id]) => !this.#removed.includes(id));
    return listed.map(([, kept]) => kept).filter(isUnsavedWork);
  }
}
