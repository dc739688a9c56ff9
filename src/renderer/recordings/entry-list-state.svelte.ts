import type { Entry } from '../../ipc/index.js';

/** What the list of entries has at hand for actions from elsewhere. */
export class EntryListState {
  /** The entry with the keyboard's focus in the list; undefined where the focus is elsewhere. */
  focused = $state.raw<Entry | undefined>(undefined);
  /** The entry whose name is being written, by its id. */
  edited = $state.raw<number | null>(null);
  /** Has the note of the shown entry written; null where none is shown. */
  editNote = $state.raw<(() => void) | null>(null);

  /** Has the name of an entry written. */
  edit(id: number): void {
    this.edited = id;
  }
}
