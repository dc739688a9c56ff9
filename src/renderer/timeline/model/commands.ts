import { ACTIONS, actionName, type NamedId } from '../../../ipc/action-names.js';
import { keyMeant, type KeyLabels, type Press } from '../../ui/key-press.js';
import { keyTexts, placeText } from '../../ui/key-text.js';

/** What the keyboard can ask of the timeline, with the keys for it and words for people. */
interface CommandKeys {
  /** The action that it is, by whose name it goes. */
  readonly action: NamedId;
  /** Keys by what they mean. */
  readonly keys: readonly string[];
  /**
   * Letters by their place on the keyboard, named as on a US one, so that they lie alike on every layout.
   * The letters themselves count too where nothing else has a use for them.
   */
  readonly codes?: readonly string[];
}

/** Moves of the view, which go on for as long as a key is held. */
const MOVES = {
  'zoom in': { action: 'zoom-in', keys: ['+', '='], codes: ['KeyW'] },
  'zoom out': { action: 'zoom-out', keys: ['-'], codes: ['KeyS'] },
  'pan left': { action: 'earlier', keys: ['ArrowLeft'], codes: ['KeyA'] },
  'pan right': { action: 'later', keys: ['ArrowRight'], codes: ['KeyD'] },
} as const satisfies Record<string, CommandKeys>;

/** What one press does. */
const STEPS = {
  'page up': { action: 'lanes-up', keys: ['PageUp'] },
  'page down': { action: 'lanes-down', keys: ['PageDown'] },
  fit: { action: 'fit', keys: ['Home'] },
  newest: { action: 'follow', keys: ['l'] },
  focus: { action: 'zoom-to-selection', keys: ['f'] },
  next: { action: 'next-span', keys: ['.'] },
  previous: { action: 'previous-span', keys: [','] },
  'lane up': { action: 'lane-above', keys: ['ArrowUp'] },
  'lane down': { action: 'lane-below', keys: ['ArrowDown'] },
  holder: { action: 'holder', keys: ['Enter'] },
  back: { action: 'back', keys: ['Backspace'] },
  pin: { action: 'pin-lane', keys: ['p'] },
  release: { action: 'let-go', keys: ['Escape'] },
} as const satisfies Record<string, CommandKeys>;

/** A move of the view that goes on while its key is held. */
export type Move = keyof typeof MOVES;

/** What one press of a key asks of the timeline. */
export type Step = keyof typeof STEPS;

export type Command = Move | Step;

/** The action of a command. */
export type TimelineId = (typeof MOVES)[Move]['action'] | (typeof STEPS)[Step]['action'];

const COMMANDS: Readonly<Record<Command, CommandKeys>> = { ...MOVES, ...STEPS };
/** All commands of the timeline, in the order in which they are shown. */
export const TIMELINE_COMMANDS: readonly Command[] = Object.keys(COMMANDS) as Command[];

export function isMove(command: Command): command is Move {
  return command in MOVES;
}

/** The command of a key; none with a modifier, which belongs to the window. */
export function commandOf(press: Press): Command | undefined {
  return press.ctrlKey || press.metaKey || press.altKey ? undefined : releasedCommand(press);
}

/** The command of a released key, whatever modifier has been pressed since it went down. */
export function releasedCommand(press: Press): Command | undefined {
  const meant = keyMeant(press);
  const find = (isAsked: (keys: CommandKeys) => boolean) =>
    TIMELINE_COMMANDS.find((name) => isAsked(COMMANDS[name]));
  if (meant === '') return undefined;
  return (
    find(({ keys }) => keys.includes(meant)) ??
    find(({ codes }) => codes?.includes(press.code) === true) ??
    // A layout has these letters elsewhere, or a remote desktop says no place.
    find(({ codes }) => codes?.includes(`Key${meant.toUpperCase()}`) === true)
  );
}

/** Commands whose keys reach the timeline from wherever nothing else has a use for them. */
const FROM_ANYWHERE: readonly Command[] = [
  'zoom in',
  'zoom out',
  'pan left',
  'pan right',
  'fit',
  'newest',
  'focus',
  'next',
  'previous',
  'pin',
];

/** What takes keys of its own while it has the focus: what writes, chooses, or is moved by keys. */
const HAS_KEYS =
  'input, select, textarea, dialog, [contenteditable], [role="group"][tabindex], [role="menu"], ' +
  '[role="listbox"], [role="slider"], [role="separator"], [role="tablist"], [role="dialog"]';

/** The command of a key that was pressed outside the timeline; none where it means another thing. */
export function commandFromOutside(press: Press & Pick<KeyboardEvent, 'target'>) {
  const command = commandOf(press);
  if (command === undefined || !FROM_ANYWHERE.includes(command)) return undefined;
  // Arrows and signs scroll and write; letters, Home and the two stops have no other use.
  if (keyMeant(press).startsWith('Arrow')) return undefined;
  return isElement(press.target) && press.target.closest(HAS_KEYS) !== null ? undefined : command;
}

function isElement(target: EventTarget | null): target is Element {
  return target !== null && 'closest' in target;
}

/** One line of the help: what is pressed or done, in alternatives, and what that does. */
export interface HelpLine {
  readonly inputs: readonly string[];
  readonly does: string;
}

export interface HelpGroup {
  readonly title: string;
  readonly lines: readonly HelpLine[];
}

/**
 * All that keys and pointer do in the window.
 *
 * @param commandKey Ctrl or the like
 * @param labels what the user's keyboard has on its keys; null where that is not known
 */
export function helpGroups(commandKey: string, labels: KeyLabels | null): HelpGroup[] {
  return [
    { title: 'Timeline', lines: TIMELINE_COMMANDS.map((command) => helpOf(command, labels)) },
    {
      title: 'Pointer',
      lines: [
        { inputs: ['Drag'], does: 'Move through time and lanes' },
        { inputs: ['Shift + drag', 'Drag on the axis'], does: 'Select a range; its ends snap' },
        { inputs: [`${commandKey} + wheel`], does: 'Zoom at the pointer' },
        { inputs: ['Wheel'], does: 'Scroll the lanes' },
        { inputs: ['Shift + wheel'], does: 'Move through time' },
        { inputs: ['Click a span'], does: 'Select it; a wait has links to its holders' },
        { inputs: ['Click a lane’s name'], does: 'Pin the lane to the top, or let go of it' },
        { inputs: ['Double click'], does: 'Zoom to the span, or show all' },
      ],
    },
    {
      title: 'Window',
      lines: [
        ...ACTIONS.filter(({ keys }) => keys !== undefined).map(({ label, keys = [] }) => ({
          inputs: keys.flatMap((key) => keyTexts(key, commandKey, labels)),
          does: label,
        })),
        { inputs: ['Enter', 'Shift + Enter'], does: 'In the search: next, previous span' },
      ],
    },
  ];
}

/** Signs that mean something by themselves, wherever a layout has them. */
const SIGNS = Object.values(COMMANDS).flatMap(({ keys }) => keys.filter((key) => key.length === 1));

/** A command's line of the help. */
export function helpOf(command: Command, labels: KeyLabels | null): HelpLine {
  const { action, keys, codes = [] }: CommandKeys = COMMANDS[command];
  return {
    inputs: [
      ...codes.map((code) => placeText(code, labels, SIGNS)),
      ...keys.flatMap((key) => keyTexts(key, '', labels)),
    ],
    does: actionName(action).label,
  };
}

/** The action that a command is. */
export function actionOf(command: Command): TimelineId {
  return isMove(command) ? MOVES[command].action : STEPS[command].action;
}

/** Where screen readers hear of the timeline's keys. */
export const KEY_HELP = 'Press question mark for all keys.';

/** What a turn of the wheel asks for: a zoom by a factor, or moves by so many pixels. */
export type WheelAction =
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'pan'; readonly px: number }
  | { readonly kind: 'scroll'; readonly px: number };

/** Pixels of a line and of a page, for wheels that count in those. */
const PX_OF_MODE: readonly number[] = [1, 16, 400];
const ZOOM_PER_PX = 0.0025;
/** A pinch on a touch pad comes as a turn with Ctrl, in small steps. */
const PINCH_PER_PX = 0.01;

type Turn = Pick<
  WheelEvent,
  'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'metaKey' | 'shiftKey'
>;

/** Reads a turn of the wheel: with Ctrl it zooms, sideways or with Shift it pans, else it scrolls. */
export function wheelAction(turn: Turn): WheelAction {
  const { deltaX, deltaY, deltaMode, ctrlKey, metaKey, shiftKey } = turn;
  const unit = PX_OF_MODE[deltaMode] ?? 1;
  if (ctrlKey || metaKey) {
    const isPinch = Math.abs(deltaY) < 50;
    const perPx = isPinch ? PINCH_PER_PX : ZOOM_PER_PX;
    return { kind: 'zoom', factor: Math.exp(-deltaY * unit * perPx) };
  }
  const isSideways = Math.abs(deltaX) > Math.abs(deltaY);
  const px = Math.round((isSideways ? deltaX : deltaY) * unit);
  return { kind: shiftKey || isSideways ? 'pan' : 'scroll', px };
}
