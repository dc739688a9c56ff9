/** What the keyboard can ask of the timeline. */
export type Command =
  | 'zoom in'
  | 'zoom out'
  | 'pan left'
  | 'pan right'
  | 'scroll up'
  | 'scroll down'
  | 'page up'
  | 'page down'
  | 'fit';

/** Letters by their place on the keyboard, so that W, A, S and D lie alike on every layout. */
const BY_CODE: Readonly<Record<string, Command>> = {
  KeyW: 'zoom in',
  KeyS: 'zoom out',
  KeyA: 'pan left',
  KeyD: 'pan right',
};

const BY_KEY: Readonly<Record<string, Command>> = {
  '+': 'zoom in',
  '=': 'zoom in',
  '-': 'zoom out',
  ArrowLeft: 'pan left',
  ArrowRight: 'pan right',
  ArrowUp: 'scroll up',
  ArrowDown: 'scroll down',
  PageUp: 'page up',
  PageDown: 'page down',
  Home: 'fit',
};

/** The keys, for people to read. */
export const KEY_HELP =
  'W and S or plus and minus zoom, A and D or the left and right arrows pan, the up and down ' +
  'arrows and Page Up and Page Down scroll the lanes, Home shows all.';

type Press = Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** The command of a key; none with a modifier, which belongs to the window. */
export function commandOf({ code, key, ctrlKey, metaKey, altKey }: Press): Command | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  return BY_KEY[key] ?? BY_CODE[code];
}

/** What a turn of the wheel asks for: a zoom by a factor, or a move, with how many pixels it is. */
export type WheelAction =
  | { readonly kind: 'zoom'; readonly factor: number; readonly px: number }
  | { readonly kind: 'pan'; readonly px: number };

/** Pixels of a line and of a page, for wheels that count in those. */
const PX_OF_MODE: readonly number[] = [1, 16, 400];
const ZOOM_PER_PX = 0.0025;
/** A pinch on a touch pad comes as a turn with Ctrl, in small steps. */
const PINCH_PER_PX = 0.01;

type Turn = Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'shiftKey'>;

/** Reads a turn of the wheel: up and down zooms, sideways or with Shift pans. */
export function wheelAction({ deltaX, deltaY, deltaMode, ctrlKey, shiftKey }: Turn): WheelAction {
  const unit = PX_OF_MODE[deltaMode] ?? 1;
  const isSideways = Math.abs(deltaX) > Math.abs(deltaY);
  if (!ctrlKey && (shiftKey || isSideways)) {
    return { kind: 'pan', px: Math.round((isSideways ? deltaX : deltaY) * unit) };
  }
  const isPinch = ctrlKey && Math.abs(deltaY) < 50;
  const px = deltaY * unit;
  return { kind: 'zoom', factor: Math.exp(-px * (isPinch ? PINCH_PER_PX : ZOOM_PER_PX)), px };
}
