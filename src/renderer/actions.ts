import { ACTION_IDS, actionName, type ActionId } from '../shared/action-names.js';
import { helpOf, isMove, TIMELINE_COMMANDS, type Command } from './chart/commands.js';
import { isMeasured } from './run-state.js';
import type { RunStore } from './run-store.svelte.js';
import { startOrMend } from './start.js';
import type { TimelineDesk } from './timeline-desk.svelte.js';

/** One thing that the window can do, by key, palette or menu. */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** Keys that ask for it anywhere in the window, as in shared/action-names.ts. */
  readonly keys: readonly string[];
  /** Keys that ask for it with the focus in the timeline, for people to read. */
  readonly timelineKeys: readonly string[];
  /** It can be done now. */
  enabled(): boolean;
  run(): unknown;
}

/** What actions work on. */
export interface ActionHost {
  readonly store: RunStore;
  readonly timeline: TimelineDesk;
  /** Opens the palette of all actions, or the list of all keys. */
  readonly open: (dialog: 'palette' | 'keys') => void;
}

/** What an action does, and when it can be done. */
type Doing = Pick<Action, 'enabled' | 'run'>;

/** Commands of the timeline that the menu has too, under a name of their own. */
const NAMED: Readonly<Partial<Record<Command, ActionId>>> = { fit: 'fit', newest: 'follow' };

const always = (): boolean => true;

/** Every action of the window, in the order in which they are shown; ids are unique. */
export function actionsOf(host: ActionHost): readonly Action[] {
  const doings: Record<ActionId, Doing> = {
    ...runActions(host),
    ...exportActions(host),
    ...pictureActions(host),
    ...listActions(host),
    fit: timelineDoing(host, 'fit'),
    follow: timelineDoing(host, 'newest'),
    search: {
      enabled: () => host.timeline.search !== null,
      run: () => host.timeline.search?.(),
    },
    keys: {
      enabled: always,
      run: () => {
        host.open('keys');
      },
    },
    palette: {
      enabled: always,
      run: () => {
        host.open('palette');
      },
    },
  };
  const named = ACTION_IDS.map((id) => {
    const command = TIMELINE_COMMANDS.find((name) => NAMED[name] === id);
    const { label, keys = [] } = actionName(id);
    const timelineKeys = command === undefined ? [] : helpOf(command).inputs;
    return { id, label, keys, timelineKeys, ...doings[id] };
  });
  return [...named, ...presetActions(host), ...timelineActions(host)];
}

/** Does an action if it can be done; says whether it was. */
export function runAction(action: Action | undefined): boolean {
  if (action?.enabled() !== true) return false;
  void action.run();
  return true;
}

function runActions({ store }: ActionHost) {
  return {
    run: { enabled: () => !store.isBusy, run: () => startOrMend(store.run()) },
    dismiss: {
      enabled: () => store.state.failure !== null,
      run: () => {
        store.dismiss();
      },
    },
    stop: { enabled: () => store.canStop, run: () => store.stop() },
    compare: { enabled: () => !store.isBusy, run: () => startOrMend(store.compareWays()) },
    live: {
      enabled: always,
      run: () => {
        store.live.toggle();
      },
    },
    undo: {
      enabled: () => store.form.canUndo,
      run: () => {
        store.form.undo();
      },
    },
    redo: {
      enabled: () => store.form.canRedo,
      run: () => {
        store.form.redo();
      },
    },
  } satisfies Partial<Record<ActionId, Doing>>;
}

function exportActions({ store }: ActionHost) {
  const { exports } = store;
  const comparison = (format: 'md' | 'json' | 'csv'): Doing => ({
    enabled: () => exports.canExportComparison,
    run: () => exports.exportComparison(format),
  });
  /** Does something with the parameters of the run that is on view. */
  const withShown = (
    use: (parameters: NonNullable<RunStore['shown']>['parameters']) => unknown,
  ) => ({
    enabled: () => store.comparison === null && store.shown !== undefined,
    run: () => (store.shown === undefined ? undefined : use(store.shown.parameters)),
  });
  return {
    'export-csv': { enabled: () => exports.canExportCsv, run: () => exports.exportCsv() },
    'comparison-md': comparison('md'),
    'comparison-json': comparison('json'),
    'comparison-csv': comparison('csv'),
    'copy-command': withShown((parameters) => exports.copyCommandLine(parameters)),
    'take-parameters': withShown((parameters) => {
      store.form.take(parameters);
    }),
  } satisfies Partial<Record<ActionId, Doing>>;
}

function pictureActions({ store: { pictures } }: ActionHost) {
  const picture = (way: 'copy' | 'save', format: 'png' | 'svg'): Doing => ({
    enabled: () => pictures.has('timeline'),
    run: () => pictures[way]('timeline', format),
  });
  return {
    'copy-png': picture('copy', 'png'),
    'copy-svg': picture('copy', 'svg'),
    'save-png': picture('save', 'png'),
    'save-svg': picture('save', 'svg'),
  } satisfies Partial<Record<ActionId, Doing>>;
}

/** What goes from run to run and from repeat to repeat. */
function listActions({ store }: ActionHost) {
  const besides = (step: 1 | -1): Doing => {
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
  const repeat = (step: 1 | -1): Doing => {
    const target = () => (store.state.selected?.repeat ?? 0) + step;
    return {
      enabled: () =>
        store.comparison === null &&
        target() >= 0 &&
        target() < (store.shown?.overview?.repeats.length ?? 0),
      run: () => (store.shown === undefined ? undefined : store.show(store.shown.run, target())),
    };
  };
  return {
    pin: {
      enabled: () => store.comparison === null && isMeasured(store.shown),
      run: () => (store.shown === undefined ? undefined : store.pin(store.shown.run)),
    },
    'next-run': besides(1),
    'previous-run': besides(-1),
    'next-repeat': repeat(1),
    'previous-repeat': repeat(-1),
  } satisfies Partial<Record<ActionId, Doing>>;
}

function presetActions({ store }: ActionHost): Action[] {
  return store.form.presets
    .flatMap(({ presets }) => presets)
    .map(({ id, label, parameters }) => ({
      id: `preset:${id}`,
      label: `Preset: ${label}`,
      keys: [],
      timelineKeys: [],
      enabled: always,
      run: () => {
        store.form.take(parameters);
      },
    }));
}

function timelineActions(host: ActionHost): Action[] {
  return TIMELINE_COMMANDS.filter((command) => NAMED[command] === undefined).map((command) => {
    const { inputs, does } = helpOf(command);
    return {
      id: `timeline:${command}`,
      label: `Timeline: ${does}`,
      keys: [],
      timelineKeys: inputs,
      ...timelineDoing(host, command),
    };
  });
}

function timelineDoing({ store, timeline }: ActionHost, command: Command): Doing {
  /** What a command needs beside a timeline. */
  const needs: Partial<Record<Command, () => boolean>> = {
    fit: () => timeline.sight?.isWhole === false,
    newest: () => timeline.sight?.canFollow === true,
    focus: () => timeline.span !== null || store.selection !== null,
    holder: () => timeline.span?.kind === 'wait',
    pin: () => timeline.span !== null,
    release: () => timeline.span !== null || store.selection !== null,
  };
  return {
    enabled: () => timeline.shown !== null && needs[command]?.() !== false,
    run: () => {
      // Only the shown run can be on, and so be followed.
      const explorer = command === 'newest' ? timeline.shown : timeline.explorer;
      explorer?.press(command);
      // As a key that is pressed for a moment.
      if (isMove(command)) explorer?.letGo(command);
    },
  };
}
