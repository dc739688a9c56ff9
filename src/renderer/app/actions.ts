import {
  ACTIONS,
  FIELD_ACTIONS,
  presetId,
  type ActionEntry,
  type ActionId,
  type FieldId,
  type NamedId,
  type PictureId,
  type PresetId,
} from '../../ipc/action-names.js';
import type { Magnification, MenuState } from '../../ipc/index.js';
import type { ActionHandler, ActionHost, Dialog } from './action-host.js';
import {
  analysisHandlers,
  copyHandlers,
  entryHandlers,
  exportHandlers,
  formHandlers,
  listHandlers,
  pictureHandlers,
  recentHandlers,
  runHandlers,
  settingsHandlers,
} from './action-handlers.js';
import { actionOf, TIMELINE_COMMANDS, type Command } from '../timeline/model/commands.js';
import { startOrFocusInvalidField } from './start.js';
import { timelineHandlers } from './timeline-handlers.js';

/** One thing that the window can do, by key, palette or menu. */
export interface Action extends ActionHandler {
  readonly id: ActionId;
  readonly label: string;
  /** Other words by which people look for it. */
  readonly synonyms: string;
  /** Keys that ask for it anywhere in the window, as in shared/action-names.ts. */
  readonly keys: readonly string[];
  /** The command of the timeline that it is, which has keys of its own there. */
  readonly command: Command | undefined;
}

/** Every action of the window, in the order in which they are shown. */
export function actionsOf(host: ActionHost): readonly Action[] {
  const handlers = new Map<ActionId, ActionHandler>([
    ...(Object.entries(namedHandlers(host)) as [NamedId, ActionHandler][]),
    ...exportHandlers(host),
    ...(Object.entries(pictureHandlers(host)) as [PictureId, ActionHandler][]),
    ...presetHandlers(host),
    ...recentHandlers(host),
    ...fieldHandlers(host),
  ]);
  return ACTIONS.flatMap((entry) => {
    const handler = handlers.get(entry.id);
    return handler === undefined ? [] : [{ ...described(entry), ...handler }];
  });
}

/** Does an action if it can be done; says whether it was. */
export function runAction(action: Action | undefined): boolean {
  if (action?.enabled() !== true) return false;
  void action.run();
  return true;
}

/** What the application menu is to show of the actions. */
export function menuStateOf(actions: readonly Action[]): MenuState {
  const idsOf = (some: readonly Action[]) => some.map(({ id }) => id);
  return {
    enabled: idsOf(actions.filter((action) => action.enabled())),
    on: idsOf(actions.filter((action) => action.isOn?.() === true)),
  };
}

function described({ id, label, synonyms = '', keys = [] }: ActionEntry<ActionId>) {
  const command = TIMELINE_COMMANDS.find((name) => actionOf(name) === id);
  return { id, label, synonyms, keys, command };
}

function namedHandlers(host: ActionHost): Record<NamedId, ActionHandler> {
  return {
    ...runHandlers(host),
    ...formHandlers(host),
    ...copyHandlers(host),
    ...entryHandlers(host),
    ...listHandlers(host),
    ...timelineHandlers(host),
    ...analysisHandlers(host),
    keys: dialogDoing(host, 'keys'),
    palette: dialogDoing(host, 'palette'),
    print: printDoing(host),
    larger: magnifyDoing(host, 'larger'),
    smaller: magnifyDoing(host, 'smaller'),
    ...settingsHandlers(host),
    'normal-size': magnifyDoing(host, 'normal-size'),
  };
}

function dialogDoing({ open }: ActionHost, dialog: Dialog): ActionHandler {
  return {
    enabled: () => true,
    run: () => {
      open(dialog);
    },
  };
}

function printDoing({ print }: ActionHost): ActionHandler {
  return {
    enabled: () => true,
    run: () => {
      print();
    },
  };
}

function magnifyDoing({ magnify }: ActionHost, step: Magnification): ActionHandler {
  return {
    enabled: () => true,
    run: () => {
      magnify(step);
    },
  };
}

function presetHandlers({ store }: ActionHost): [PresetId, ActionHandler][] {
  return store.form.presets
    .flatMap(({ presets }) => presets)
    .map((preset) => [
      presetId(preset.id),
      {
        enabled: () => true,
        run: () => startOrFocusInvalidField(store.guide.takePreset(preset)),
      },
    ]);
}

function fieldHandlers({ store }: ActionHost): [FieldId, ActionHandler][] {
  return FIELD_ACTIONS.map(({ id, parameter }) => [
    id,
    {
      enabled: () => true,
      run: () => {
        store.form.goTo(parameter);
      },
    },
  ]);
}
