import {
  EXPORT_ACTIONS,
  pictureActions,
  RECENT_ACTIONS,
  type ExportId,
  type NamedId,
  type PictureId,
  type RecentId,
} from '../../ipc/action-names.js';
import type { Entry, Theme } from '../../ipc/index.js';
import { CHARTS } from '../../ipc/picture.js';
import type { ActionHost, ActionHandler } from './action-host.js';
import { entryOf, isRecorded } from '../state/run-state.js';
import { startOrFocusInvalidField } from './start.js';

/** The handlers of all actions but the timeline's, by their part of the window. */

const always = (): boolean => true;

/** Start and end measuring. */
export function runHandlers({ store, open }: ActionHost) {
  return {
    run: { enabled: () => !store.isBusy, run: () => startOrFocusInvalidField(store.start()) },
    sweep: {
      enabled: always,
      isOn: () => store.sweeps.lists.isOn,
      run: () => {
        store.sweeps.toggleLists();
      },
    },
    dismiss: {
      enabled: () => store.state.failure !== null,
      run: () => {
        store.dismiss();
      },
    },
    stop: { enabled: () => store.canStop, run: () => store.stop() },
    record: {
      enabled: () => !store.isBusy,
      run: () => {
        open('record');
      },
    },
    compare: {
      enabled: () => !store.isBusy,
      run: () => startOrFocusInvalidField(store.compareVariants()),
    },
    'measure-interpreter': {
      enabled: () => store.interpreter.isOn || !store.isBusy,
      run: () => store.interpreter.toggle(),
    },
    'run-serial': {
      enabled: () => !store.isBusy && store.guide.lacksSerial !== undefined,
      run: () => store.guide.runSerial(),
    },
    live: {
      enabled: always,
      isOn: () => store.live.isOn,
      run: () => {
        store.live.toggle();
      },
    },
  } satisfies Partial<Record<NamedId, ActionHandler>>;
}

/** Change the form; where a text field has the focus, its own edits are undone. */
export function formHandlers({ store, textHistory }: ActionHost) {
  const { form } = store;
  const history = (
    step: 'undo' | 'redo',
    can: () => boolean,
    run: () => unknown,
  ): ActionHandler => ({
    enabled: () => textHistory() !== null || can(),
    run: () => {
      const inText = textHistory();
      if (inText === null) return run();
      inText(step);
      return undefined;
    },
  });
  const { list } = store;
  /** The fields that are in view: of one run, or the lists of a sweep. */
  const fields = () => (store.sweeps.lists.isOn ? store.sweeps.lists : form);
  /** The last thing that was done is undone first: an entry was removed, or the form changed. */
  const undo = () => {
    if (list.isUndoable || !fields().canUndo) void list.restore();
    else fields().undo();
  };
  const redo = () => {
    fields().redo();
  };
  return {
    undo: history('undo', () => fields().canUndo || list.canRestore, undo),
    redo: history('redo', () => fields().canRedo, redo),
    'use-sign-aware': {
      enabled: () => store.guide.hasUnconverged,
      run: () => {
        store.guide.useSignAware();
      },
    },
    'take-parameters': {
      enabled: () => store.onView !== null,
      run: () => {
        if (store.onView !== null) store.sweeps.takeIntoForm(store.onView);
      },
    },
  } satisfies Partial<Record<NamedId, ActionHandler>>;
}

/** Export what is on view in each format. */
export function exportHandlers({ store: { exports } }: ActionHost): [ExportId, ActionHandler][] {
  return EXPORT_ACTIONS.map(({ id, format }) => [
    id,
    { enabled: () => exports.can(format), run: () => exports.export(format) },
  ]);
}

/** Copy as text. */
export function copyHandlers({ store }: ActionHost) {
  return {
    'copy-command': {
      enabled: () => store.onView !== null,
      run: () =>
        store.onView === null ? undefined : store.exports.copyCommandLine(store.onView.line),
    },
  } satisfies Partial<Record<NamedId, ActionHandler>>;
}

/** Save and copy pictures of the charts on the page. */
export function pictureHandlers({
  store: { pictures },
}: ActionHost): Record<PictureId, ActionHandler> {
  const entries = CHARTS.flatMap((chart) =>
    pictureActions(chart).map(({ id, way, format }) => [
      id,
      { enabled: () => pictures.has(chart), run: () => pictures[way](chart, format) },
    ]),
  );
  return Object.fromEntries(entries) as Record<PictureId, ActionHandler>;
}

/** Open files, and save, name and remove entries of the list. */
export function entryHandlers({ store, entryList }: ActionHost) {
  const { list } = store;
  /** The entry that is worked on: that with the focus in the list, else the shown one. */
  const target = () => entryList.focused ?? store.entry;
  const ofTarget = (can: (entry: Entry) => boolean, run: (entry: Entry) => unknown) => ({
    enabled: () => {
      const entry = target();
      return entry !== undefined && can(entry);
    },
    run: () => {
      const entry = target();
      return entry === undefined ? undefined : run(entry);
    },
  });
  const isRecordedEntry = ({ kind, runs }: Entry) =>
    kind === 'sweep' || runs.every((run) => isRecorded(entryOf(store.state, run)));
  const isAtRest = ({ runs }: Entry) => !runs.includes(store.state.live ?? NaN);
  return {
    open: { enabled: () => !store.isBusy, run: () => list.open() },
    save: ofTarget(
      (entry) => isRecordedEntry(entry) && !list.isSaving,
      (entry) => list.save(entry, false),
    ),
    'save-as': ofTarget(
      (entry) => isRecordedEntry(entry) && !list.isSaving,
      (entry) => list.save(entry, true),
    ),
    rename: ofTarget(always, (entry) => {
      entryList.edit(entry.id);
    }),
    note: ofTarget(always, () => {
      entryList.editNote?.();
    }),
    remove: ofTarget(isAtRest, (entry) => list.remove(entry)),
  } satisfies Partial<Record<NamedId, ActionHandler>>;
}

/** Open the files that were opened or saved last. */
export function recentHandlers({ store }: ActionHost): [RecentId, ActionHandler][] {
  return RECENT_ACTIONS.map(({ id }, place) => [
    id,
    {
      enabled: () => !store.isBusy && store.state.recent[place] !== undefined,
      run: () => store.list.openRecent(place),
      name: () =>
        store.state.recent[place] === undefined ? '' : `Open ${store.state.recent[place]}`,
    },
  ]);
}

/** Go from run to run, from repeat to repeat, and to a comparison. */
export function listHandlers({ store }: ActionHost) {
  const besides = (step: 1 | -1): ActionHandler => {
    const target = () => {
      const { runs } = store.state;
      const at = runs.findIndex(({ run }) => run === store.shown?.run);
      return at === -1 ? undefined : runs[at + step];
    };
    return {
      enabled: () => target() !== undefined,
      run: () => {
        const entry = target();
        return entry === undefined ? undefined : store.show(entry.run);
      },
    };
  };
  const repeat = (step: 1 | -1): ActionHandler => {
    const target = () => (store.state.selected?.repeat ?? 0) + step;
    return {
      enabled: () =>
        store.comparison === null && target() >= 0 && target() < (store.shown?.repeats.length ?? 0),
      run: () => (store.shown === undefined ? undefined : store.show(store.shown.run, target())),
    };
  };
  /** The comparison of the shown run, else the last one. */
  const comparison = () => store.comparisonOfShown ?? store.state.comparisons.at(-1);
  /** The sweep of the shown cell, else the last one. */
  const sweep = () => store.sweepOfShown?.id ?? store.state.sweeps.at(-1)?.sweep;
  return {
    pin: {
      enabled: () => store.comparison === null && isRecorded(store.shown),
      isOn: () => store.baseline !== undefined && store.baseline === store.shown,
      run: () => (store.shown === undefined ? undefined : store.pin(store.shown.run)),
    },
    'show-comparison': {
      enabled: () =>
        (store.comparison === null || store.sweep !== null) && comparison() !== undefined,
      run: () => {
        const found = comparison();
        if (found !== undefined) store.showComparison(found.runs.serial);
      },
    },
    'show-sweep': {
      enabled: () => store.sweep === null && sweep() !== undefined,
      run: () => {
        const found = sweep();
        if (found !== undefined) store.sweeps.show(found);
      },
    },
    'next-run': besides(1),
    'previous-run': besides(-1),
    'next-repeat': repeat(1),
    'previous-repeat': repeat(-1),
  } satisfies Partial<Record<NamedId, ActionHandler>>;
}

/** Choose what the analysis shows. */
export function analysisHandlers({ store, analysis }: ActionHost) {
  return {
    analysis: {
      enabled: () => store.comparison === null && store.shown !== undefined,
      isOn: () => analysis.isOpen,
      run: () => {
        analysis.isOpen = !analysis.isOpen;
      },
    },
    'whole-repeat': {
      enabled: () =>
        store.comparison === null && (store.scope.selection !== null || store.scope.isOfAllRepeats),
      run: () => {
        store.scope.lookAt('repeat');
      },
    },
    'all-repeats': {
      enabled: () =>
        store.comparison === null && store.scope.hasRepeatsToJoin && !store.scope.isOfAllRepeats,
      run: () => {
        store.scope.lookAt('all repeats');
      },
    },
    explain: {
      enabled: () => analysis.explain !== null,
      run: () => analysis.explain?.(),
    },
  } satisfies Partial<Record<NamedId, ActionHandler>>;
}

/** Change what is kept from one start to the next, and show the log. */
export function settingsHandlers({ store }: ActionHost) {
  const { settings } = store;
  const theme = (name: Theme): ActionHandler => ({
    enabled: always,
    isOn: () => settings.theme === name,
    run: () => settings.setTheme(name),
  });
  return {
    'theme-system': theme('system'),
    'theme-light': theme('light'),
    'theme-dark': theme('dark'),
    'open-log': { enabled: always, run: () => settings.openLog() },
    'reset-settings': {
      enabled: always,
      run: async () => {
        if (await settings.reset()) store.form.take(store.info.defaults);
      },
    },
  } satisfies Partial<Record<NamedId, ActionHandler>>;
}
