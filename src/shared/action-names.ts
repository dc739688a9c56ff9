/** What an action is called, and the keys that ask for it anywhere in the window. */
export interface ActionName {
  readonly label: string;
  /** Keys as Electron names accelerators: `CmdOrCtrl+Shift+Z`, and else as the key writes. */
  readonly keys?: readonly string[];
}

/**
 * The actions of the window that the application menu has too. Labels and keys are defined here
 * alone; what an action does is in the page's registry (renderer/actions.ts).
 */
export const ACTIONS = {
  run: { label: 'Run', keys: ['CmdOrCtrl+Enter'] },
  dismiss: { label: 'Dismiss the message', keys: ['Escape'] },
  stop: { label: 'Stop', keys: ['Escape'] },
  compare: { label: 'Compare four ways' },
  live: { label: 'Live: run each change at once' },
  undo: { label: 'Undo the last change of the parameters', keys: ['CmdOrCtrl+Z'] },
  redo: {
    label: 'Redo the change that was undone',
    keys: ['CmdOrCtrl+Shift+Z', 'CmdOrCtrl+Y'],
  },
  'export-csv': { label: 'Export CSV', keys: ['CmdOrCtrl+E'] },
  'comparison-md': { label: 'Save the comparison’s table as Markdown' },
  'comparison-json': { label: 'Save the comparison as JSON' },
  'comparison-csv': { label: 'Save the comparison’s tasks as CSV' },
  'comparison-command': { label: 'Copy the comparison’s command line' },
  'copy-command': { label: 'Copy the shown run’s command line' },
  'take-parameters': { label: 'Put the shown run’s parameters into the form' },
  'copy-png': { label: 'Copy the timeline as PNG' },
  'copy-svg': { label: 'Copy the timeline as SVG' },
  'save-png': { label: 'Save the timeline as PNG' },
  'save-svg': { label: 'Save the timeline as SVG' },
  pin: { label: 'Pin the shown run as the baseline, or unpin it' },
  'next-run': { label: 'Show the next run' },
  'previous-run': { label: 'Show the previous run' },
  'next-repeat': { label: 'Show the next repeat' },
  'previous-repeat': { label: 'Show the previous repeat' },
  fit: { label: 'Show all' },
  follow: { label: 'Follow the newest time of a live run, or let it go by' },
  search: { label: 'Search for a task', keys: ['/', 'CmdOrCtrl+F'] },
  keys: { label: 'All keys', keys: ['?'] },
  palette: { label: 'All actions', keys: ['CmdOrCtrl+K', 'CmdOrCtrl+Shift+P'] },
} as const satisfies Record<string, ActionName>;

/** An action that both the menu and the page know. */
export type ActionId = keyof typeof ACTIONS;

export const ACTION_IDS = Object.keys(ACTIONS) as readonly ActionId[];

/** An action's name and keys. */
export function actionName(id: ActionId): ActionName {
  return ACTIONS[id];
}

/** Keys as people read them; `commandKey` is Ctrl or the like. */
export function keyText(key: string, commandKey: string): string {
  return key.replace('CmdOrCtrl', commandKey).replaceAll('+', ' + ');
}
