import { CHARTS, PICTURE_FORMATS, PICTURED, type Pictured, type PictureFormat } from './picture.js';
import { PARAMETER_NAMES, SPECIFICATIONS, type ParameterName } from '../experiment/parameters.js';
import { presetsFor } from '../experiment/presets.js';
import {
  formatOf,
  SWEEP_FORMATS,
  TEXT_FORMATS,
  type SweepFormatId,
  type TextFormatId,
} from '../formats/registry.js';
import { RECENT_MOST } from './recordings.js';

/** What an action is called, and the keys that ask for it anywhere in the window. */
export interface ActionName {
  /** Unique, and short enough for a menu. */
  readonly label: string;
  /** What it is called in a submenu whose own label says the rest. */
  readonly briefly?: string;
  /** Keys as Electron names accelerators: `CmdOrCtrl+Shift+Z`, and else as the key writes. */
  readonly keys?: readonly string[];
  /** Other words by which people look for it, in lower case. */
  readonly synonyms?: string;
  /** It is on or off, as a checkbox is, rather than done. */
  readonly isSwitch?: true;
}

/** The actions with a name of their own, in the order in which they are shown. */
const NAMED = {
  run: { label: 'Run', synonyms: 'start execute measure go', keys: ['CmdOrCtrl+Enter'] },
  dismiss: { label: 'Dismiss the message', keys: ['Escape'] },
  stop: { label: 'Stop', synonyms: 'cancel abort end', keys: ['Escape'] },
  record: {
    label: 'Record Python…',
    synonyms: 'program process script attach gil profile sample own',
    keys: ['CmdOrCtrl+R'],
  },
  compare: { label: 'Compare four ways', synonyms: 'comparison speed-up speedup benchmark' },
  sweep: {
    label: 'Sweep',
    synonyms: 'lists scan scaling grid parameters every combination how many threads heat map',
    isSwitch: true,
  },
  'measure-interpreter': {
    label: 'Measure interpreter time in Python…',
    synonyms: 'numpy interpreter µs own python',
  },
  'run-serial': {
    label: 'Run serial',
    synonyms: 'speed-up speedup baseline single thread sequential one thread',
  },
  live: { label: 'Live', synonyms: 'auto run at once', isSwitch: true },
  undo: { label: 'Undo', synonyms: 'revert', keys: ['CmdOrCtrl+Z'] },
  redo: { label: 'Redo', keys: ['CmdOrCtrl+Shift+Z', 'CmdOrCtrl+Y'] },
  open: {
    label: 'Open…',
    synonyms: 'load file recording gilscope import',
    keys: ['CmdOrCtrl+O'],
  },
  save: { label: 'Save', synonyms: 'write file recording keep', keys: ['CmdOrCtrl+S'] },
  'save-as': {
    label: 'Save as…',
    synonyms: 'write file recording copy',
    keys: ['CmdOrCtrl+Shift+S'],
  },
  rename: { label: 'Rename', synonyms: 'name title call', keys: ['F2'] },
  note: { label: 'Write a note', synonyms: 'comment remark annotate describe' },
  remove: { label: 'Remove from the list', synonyms: 'delete discard forget', keys: ['Delete'] },
  print: { label: 'Print', synonyms: 'paper pdf', keys: ['CmdOrCtrl+P'] },
  'copy-command': { label: 'Copy command line', synonyms: 'cli terminal shell flags' },
  'take-parameters': { label: 'Put parameters into the form' },
  'use-sign-aware': { label: 'Use sign-aware', synonyms: 'not converged convergence cap' },
  'show-comparison': { label: 'Show comparison' },
  'show-sweep': { label: 'Show sweep', synonyms: 'heat map curves scaling' },
  pin: { label: 'Pin run as baseline', synonyms: 'reference compare against', isSwitch: true },
  'next-run': { label: 'Next run' },
  'previous-run': { label: 'Previous run' },
  'next-repeat': { label: 'Next repeat' },
  'previous-repeat': { label: 'Previous repeat' },
  'zoom-in': { label: 'Zoom in' },
  'zoom-out': { label: 'Zoom out' },
  earlier: { label: 'To earlier times' },
  later: { label: 'To later times' },
  'lanes-up': { label: 'Scroll lanes up' },
  'lanes-down': { label: 'Scroll lanes down' },
  fit: { label: 'Show all', synonyms: 'zoom to fit reset whole' },
  follow: { label: 'Follow newest time', synonyms: 'scroll latest tail', isSwitch: true },
  'zoom-to-selection': { label: 'Zoom to selection' },
  'next-span': { label: 'Next span of the lane' },
  'previous-span': { label: 'Previous span of the lane' },
  'lane-above': { label: 'To the lane above' },
  'lane-below': { label: 'To the lane below' },
  holder: { label: 'From a wait to its holder', synonyms: 'who holds the lock blocked by' },
  back: { label: 'Back to the span you came from', synonyms: 'return wait link' },
  'pin-lane': { label: 'Pin lane to the top, or unpin' },
  'let-go': { label: 'Let go of selection', synonyms: 'deselect clear none' },
  'whole-repeat': { label: 'Analyse whole repeat' },
  'all-repeats': { label: 'Analyse all repeats' },
  search: { label: 'Search for a task', synonyms: 'find', keys: ['/', 'CmdOrCtrl+F'] },
  analysis: {
    label: 'Show analysis',
    synonyms: 'statistics histogram figures panel',
    isSwitch: true,
  },
  explain: { label: 'How it is worked out', synonyms: 'help method explain' },
  keys: { label: 'All keys', synonyms: 'shortcuts keyboard help hotkeys', keys: ['?'] },
  palette: {
    label: 'All actions',
    synonyms: 'commands palette',
    keys: ['CmdOrCtrl+K', 'CmdOrCtrl+Shift+P'],
  },
  larger: {
    label: 'Magnify the window',
    briefly: 'Larger',
    keys: ['CmdOrCtrl+Plus', 'CmdOrCtrl+='],
  },
  smaller: { label: 'Make the window smaller', briefly: 'Smaller', keys: ['CmdOrCtrl+-'] },
  'normal-size': {
    label: 'Window at normal size',
    briefly: 'Normal size',
    keys: ['CmdOrCtrl+0'],
  },
  'theme-system': {
    label: 'Theme of the system',
    briefly: 'System',
    synonyms: 'colours colors appearance automatic',
    isSwitch: true,
  },
  'theme-light': {
    label: 'Light theme',
    briefly: 'Light',
    synonyms: 'colours colors appearance white',
    isSwitch: true,
  },
  'theme-dark': {
    label: 'Dark theme',
    briefly: 'Dark',
    synonyms: 'colours colors appearance night black',
    isSwitch: true,
  },
  'reset-settings': {
    label: 'Reset settings…',
    synonyms: 'preferences defaults factory clear forget theme panels',
  },
  'open-log': { label: 'Open log', synonyms: 'failures errors crash report file' },
} as const satisfies Record<string, ActionName>;

/** An action with a name of its own. */
export type NamedId = keyof typeof NAMED;

/** A format of text: of runs, of sweeps, or of both. */
export type ExportFormat = TextFormatId | SweepFormatId;
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  ...new Set<ExportFormat>([...TEXT_FORMATS, ...SWEEP_FORMATS]),
];

/** The id of the action that exports the shown recording in a format. */
export type ExportId = `export-${ExportFormat}`;

/** What can be done with a picture: put it on the clipboard, or into a file. */
export type PictureWay = 'copy' | 'save';

/** The action that makes a picture of a chart. */
export type PictureId = `${PictureWay}-${Pictured}-${PictureFormat}`;

/** The action that fills in the form with a preset's parameters and runs them. */
export type PresetId = `preset:${string}`;

/** The action that opens a recent file, by its place in the list of them. */
export type RecentId = `recent:${number}`;

/** The action that leads to a parameter's field in the form. */
export type FieldId = `field:${ParameterName}`;

/** An action, as the menu and the page know it. */
export type ActionId = NamedId | ExportId | PictureId | PresetId | RecentId | FieldId;

/** An action with its name. */
export interface ActionEntry<Id extends ActionId> extends ActionName {
  readonly id: Id;
}

/** The action for a preset, given by its own id. */
export function presetId(preset: string): PresetId {
  return `preset:${preset}`;
}

/** Keys that export in a format. */
const EXPORT_KEYS: Partial<Record<ExportFormat, readonly string[]>> = { csv: ['CmdOrCtrl+E'] };

/** An action that exports the shown recording. */
export interface ExportAction extends ActionEntry<ExportId> {
  readonly format: ExportFormat;
}

/** The actions that export, one for each format. */
export const EXPORT_ACTIONS: readonly ExportAction[] = EXPORT_FORMATS.map((format) => {
  const { label, synonyms } = formatOf(format);
  return {
    id: `export-${format}`,
    format,
    label: `Export ${label}`,
    synonyms,
    keys: EXPORT_KEYS[format] ?? [],
  };
});

/** An action that makes a picture. */
export interface PictureAction extends ActionEntry<PictureId> {
  readonly way: PictureWay;
  readonly format: PictureFormat;
}

/** The actions for a chart's pictures. */
export function pictureActions(chart: Pictured): readonly PictureAction[] {
  const all = (way: PictureWay, verb: string) =>
    PICTURE_FORMATS.map((format): PictureAction => ({
      id: `${way}-${chart}-${format}`,
      way,
      format,
      label: `${verb} ${PICTURED[chart]} as ${format.toUpperCase()}`,
      synonyms: 'screenshot image picture snapshot export',
    }));
  return [...all('copy', 'Copy'), ...all('save', 'Save')];
}

/** The actions for the presets; only their parameters depend on the number of cores. */
export const PRESET_ACTIONS: readonly ActionEntry<PresetId>[] = presetsFor(1)
  .flatMap(({ presets }) => presets)
  .map(({ id, label }) => ({ id: presetId(id), label: `Preset: ${label}`, briefly: label }));

/** The actions for the recent files; what each is called is known only where it is shown. */
export const RECENT_ACTIONS: readonly ActionEntry<RecentId>[] = Array.from(
  { length: RECENT_MOST },
  (_, place) => ({ id: `recent:${place}`, label: `Open recent file ${place + 1}` }),
);

/** The actions for the form's fields, each with its parameter. */
export const FIELD_ACTIONS: readonly (ActionEntry<FieldId> & {
  readonly parameter: ParameterName;
})[] = PARAMETER_NAMES.map((parameter) => {
  const { label, synonyms } = SPECIFICATIONS[parameter];
  return {
    id: `field:${parameter}`,
    parameter,
    label: `Field: ${label}`,
    briefly: label,
    synonyms,
  };
});

/** The name of an action that has one of its own. */
export function actionName(id: NamedId): ActionName {
  return NAMED[id];
}

/** Every action of the window, in the order in which they are shown. */
export const ACTIONS: readonly ActionEntry<ActionId>[] = [
  ...(Object.keys(NAMED) as NamedId[]).map((id) => ({ id, ...actionName(id) })),
  ...EXPORT_ACTIONS,
  ...FIELD_ACTIONS,
  ...CHARTS.flatMap(pictureActions),
  ...PRESET_ACTIONS,
  ...RECENT_ACTIONS,
];

export const ACTION_IDS: readonly ActionId[] = ACTIONS.map(({ id }) => id);
