/**
 * What a press of a key means, on any keyboard layout. Shortcuts are letters and signs, and a layout
 * may write others at their places, or none that are Latin.
 */

/** What is read of a keyboard event. `keyCode` is the only word of some remote desktops. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
  readonly getModifierState: (modifier: 'AltGraph') => boolean;
}

/** What a layout writes at each place of the keyboard, by its name on a US one (`KeyW`). */
export type KeyLabels = ReadonlyMap<string, string>;

/** The keyCode of all that an input method takes for itself. */
const IN_COMPOSITION = 229;

/** Whether a press is part of writing a character, as with an input method or a dead key. */
export function isComposed({ isComposing, keyCode, key }: Press): boolean {
  return isComposing || keyCode === IN_COMPOSITION || key === 'Process' || key === 'Dead';
}

/**
 * Whether a press writes by AltGr, which systems also report as Ctrl with Alt: whatever it writes is
 * no shortcut with a modifier.
 */
export function isByAltGr(press: Press): boolean {
  return press.getModifierState('AltGraph') || (press.ctrlKey && press.altKey);
}

/**
 * Returns the key that is meant: a small Latin letter, a digit, a sign as ASCII has it, or a named key
 * such as `Enter`; an empty text where nothing is.
 *
 * What the key writes counts where that is a Latin letter or a sign. A letter of another script stands
 * for the Latin one at its place on a US keyboard, as its layout has no Latin letters. So does, with
 * Ctrl, a sign that such a layout has where the Latin layout described by `labels` has a letter.
 */
export function keyMeant(press: Press, labels: KeyLabels | null = null): string {
  const { key, code } = press;
  if (isComposed(press)) return '';
  if (key === 'Unidentified' || key === '') return placed(code || codeOf(press.keyCode), press);
  const sign = SIGNS[key] ?? key.normalize('NFKC');
  const place = placed(code, press);
  if (/^[a-z]$/iu.test(sign)) return sign.toLowerCase();
  if (/^[!-~]$/u.test(sign)) {
    const isMisplaced = isLetter(place) && isLetter(labels?.get(code));
    return isMisplaced && (press.ctrlKey || press.metaKey) ? place : sign;
  }
  if (/^[ -~]+$/u.test(sign)) return sign;
  const isPlaced = /^\d$/u.test(place) || (isLetter(place) && !/\p{Script=Latin}/u.test(sign));
  return isPlaced ? place : sign.toLowerCase();
}

function isLetter(label: string | undefined): boolean {
  return label !== undefined && /^[a-z]$/iu.test(label);
}

/** Signs as other scripts write them; full-width ones are in Unicode's own table. */
const SIGNS: Readonly<Record<string, string>> = {
  '؟': '?',
  '،': ',',
  '、': ',',
  '。': '.',
  '−': '-',
  '÷': '/',
};

/** What signs stand where on a US keyboard and its keypad, alone and with Shift. */
const PLACES: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
  NumpadEnter: ['Enter', 'Enter'],
};

/** What a place means on a US keyboard; other places are named as their keys are. */
function placed(code: string, { shiftKey }: Press): string {
  const character = /^(?:Key|Digit|Numpad)([A-Z\d])$/u.exec(code)?.[1];
  if (character !== undefined) return character.toLowerCase();
  return PLACES[code]?.[shiftKey ? 1 : 0] ?? code;
}

/** The places that the old number of a key stands for. */
const CODES: Readonly<Record<number, string>> = {
  8: 'Backspace',
  13: 'Enter',
  27: 'Escape',
  33: 'PageUp',
  34: 'PageDown',
  35: 'End',
  36: 'Home',
  37: 'ArrowLeft',
  38: 'ArrowUp',
  39: 'ArrowRight',
  40: 'ArrowDown',
  107: 'NumpadAdd',
  109: 'NumpadSubtract',
  110: 'NumpadDecimal',
  111: 'NumpadDivide',
  187: 'Equal',
  188: 'Comma',
  189: 'Minus',
  190: 'Period',
  191: 'Slash',
};

function codeOf(keyCode: number): string {
  if (keyCode >= 65 && keyCode <= 90) return `Key${String.fromCharCode(keyCode)}`;
  if (keyCode >= 48 && keyCode <= 57) return `Digit${keyCode - 48}`;
  return CODES[keyCode] ?? '';
}
