import type { MenuItemConstructorOptions } from 'electron';
import {
  actionName,
  EXPORT_ACTIONS,
  FIELD_ACTIONS,
  pictureActions,
  PRESET_ACTIONS,
  RECENT_ACTIONS,
  type ActionEntry,
  type ActionId,
  type NamedId,
} from '../ipc/action-names.js';
import { CHARTS } from '../ipc/picture.js';

type Items = MenuItemConstructorOptions[];

const LINE: Items = [{ type: 'separator' }];

/**
 * The application menu: every action of the window, the recent files by what they are called, and what
 * every desktop program has. The letters after `&` open a menu together with Alt where menus have such letters.
 */
export function menuTemplate(
  isMac: boolean,
  onAction: (id: ActionId) => void,
  onAbout: () => void,
  recent: readonly string[] = [],
): Items {
  const item = (entry: ActionEntry<ActionId>) => itemOf(entry, onAction);
  const items = (...ids: NamedId[]): Items => ids.map((id) => item({ id, ...actionName(id) }));
  const recents = RECENT_ACTIONS.slice(0, recent.length).map((entry, place) =>
    // A letter after an ampersand would be underlined.
    item({ ...entry, briefly: (recent[place] ?? '').replaceAll('&', '&&') }),
  );
  const presets = PRESET_ACTIONS.map(item);
  const fields = FIELD_ACTIONS.map(item);
  const pictures = CHARTS.flatMap((chart, index) => [
    ...(index === 0 ? [] : LINE),
    ...pictureActions(chart).map(item),
  ]);
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        ...items('open'),
        { label: 'Open recent', submenu: recents, enabled: recents.length > 0 },
        ...LINE,
        ...items('save', 'save-as'),
        ...LINE,
        ...EXPORT_ACTIONS.map(item),
        ...LINE,
        { label: 'Pictures', submenu: pictures },
        ...LINE,
        ...items('print'),
        ...LINE,
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        ...items('undo', 'redo'),
        ...LINE,
        ...items('rename', 'note', 'remove'),
        ...LINE,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        ...LINE,
        { label: 'Presets', submenu: presets },
        { label: 'Fields', submenu: fields },
        ...items('take-parameters', 'use-sign-aware', 'measure-interpreter', 'copy-command'),
      ],
    },
    {
      label: '&Run',
      submenu: [
        ...items('run', 'run-serial', 'stop', 'compare', 'sweep', 'live'),
        ...LINE,
        ...items('record'),
        ...LINE,
        ...items('next-run', 'previous-run', 'next-repeat', 'previous-repeat'),
        ...LINE,
        ...items('pin', 'show-comparison', 'show-sweep'),
        ...LINE,
        ...items('dismiss'),
      ],
    },
    {
      label: '&Timeline',
      submenu: [
        ...items('zoom-in', 'zoom-out', 'fit', 'zoom-to-selection'),
        ...LINE,
        ...items('earlier', 'later', 'lanes-up', 'lanes-down', 'follow'),
        ...LINE,
        ...items(
          'search',
          'next-span',
          'previous-span',
          'lane-above',
          'lane-below',
          'holder',
          'back',
        ),
        ...LINE,
        ...items('pin-lane', 'let-go'),
      ],
    },
    {
      label: '&View',
      submenu: [
        ...items('palette'),
        ...LINE,
        ...items('analysis', 'whole-repeat', 'all-repeats', 'explain'),
        ...LINE,
        ...items('larger', 'smaller', 'normal-size'),
        ...LINE,
        { label: 'Theme', submenu: items('theme-system', 'theme-light', 'theme-dark') },
        ...items('reset-settings'),
        ...LINE,
        { role: 'togglefullscreen', label: 'Full screen' },
        { role: 'toggleDevTools', label: 'Developer tools' },
      ],
    },
    { role: 'windowMenu', label: '&Window' },
    {
      role: 'help',
      label: '&Help',
      submenu: [
        ...items('keys'),
        ...LINE,
        ...items('open-log'),
        { label: 'About Gilscope', click: onAbout },
      ],
    },
  ];
}

/** The item of an action. Its keys are the page's to take: here they are only shown. */
function itemOf(
  { id, label, briefly = label, keys = [], isSwitch }: ActionEntry<ActionId>,
  onAction: (id: ActionId) => void,
): MenuItemConstructorOptions {
  const accelerator = keys.find((key) => key.startsWith('CmdOrCtrl+'));
  return {
    id,
    label: briefly,
    type: isSwitch === true ? 'checkbox' : 'normal',
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => {
      onAction(id);
    },
  };
}
