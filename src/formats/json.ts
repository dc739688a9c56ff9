import { inPieces } from './pieces.js';

/** Elements of a list of figures that are written at once. */
const ELEMENTS_AT_ONCE = 1000;

/**
 * A value as JSON with a line end, the same text as JSON.stringify makes, in pieces that are made
 * as they are asked for. For plain values: objects, lists, texts, numbers, booleans and null.
 */
export function jsonText(value: object): Generator<string> {
  return inPieces(lineOf(value));
}

function* lineOf(value: object): Generator<string> {
  yield* texts(value);
  yield '\n';
}

function* texts(value: unknown): Generator<string> {
  if (!holdsObjects(value)) {
    if (Array.isArray(value)) yield* figureTexts(value);
    else yield JSON.stringify(value);
  } else if (Array.isArray(value)) {
    yield* between('[', value, ']', texts);
  } else {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    yield* between('{', entries, '}', function* ([name, entry]) {
      yield `${JSON.stringify(name)}:`;
      yield* texts(entry);
    });
  }
}

/** A list without objects, a part at a time: far faster than each element on its own. */
function* figureTexts(list: readonly unknown[]): Generator<string> {
  const parts = Array.from(
    { length: Math.ceil(list.length / ELEMENTS_AT_ONCE) },
    (_, part) => part,
  );
  yield* between('[', parts, ']', function* (part) {
    const first = part * ELEMENTS_AT_ONCE;
    yield JSON.stringify(list.slice(first, first + ELEMENTS_AT_ONCE)).slice(1, -1);
  });
}

/** The elements' texts with commas between them. */
function* between<Element>(
  opening: string,
  elements: readonly Element[],
  closing: string,
  textsOf: (element: Element) => Generator<string>,
): Generator<string> {
  let separator = opening;
  for (const element of elements) {
    yield separator;
    yield* textsOf(element);
    separator = ',';
  }
  yield elements.length === 0 ? opening + closing : closing;
}

function holdsObjects(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const elements: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return elements.some((element) => typeof element === 'object' && element !== null);
}
