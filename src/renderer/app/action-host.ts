import type { Magnification } from '../../ipc/index.js';
import type { AnalysisPanelState } from '../analysis/analysis-panel-state.svelte.js';
import type { EntryListState } from '../recordings/entry-list-state.svelte.js';
import type { RunStore } from '../state/run-store.svelte.js';
import type { TimelinePanelState } from '../timeline/timeline-panel-state.svelte.js';

/** Does an action, and says when it can be done. */
export interface ActionHandler {
  /** It can be done now. */
  enabled(): boolean;
  run(): unknown;
  /** Whether a switch is on. */
  isOn?(): boolean;
  /** What it is called now, where that is known only now; where it is empty it is not offered. */
  name?(): string;
}

/** What is opened over the window: the palette of all actions, the list of all keys, or what to record. */
export type Dialog = 'palette' | 'keys' | 'record';

/** What actions work on. */
export interface ActionHost {
  readonly store: RunStore;
  readonly timeline: TimelinePanelState;
  readonly analysis: AnalysisPanelState;
  readonly entryList: EntryListState;
  readonly open: (dialog: Dialog) => void;
  /** Has the whole window drawn larger or smaller. */
  readonly magnify: (step: Magnification) => void;
  /** Has what is shown printed. */
  readonly print: () => void;
  /** Undoes or redoes in the text that has the focus; null where none has it. */
  readonly textHistory: () => ((step: 'undo' | 'redo') => void) | null;
}
