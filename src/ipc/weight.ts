/** Values that a message may consist of, at most, nested ones counted. */
const VALUES_MOST = 10_000;

/**
 * Whether a value from another process is larger than so many bytes of text and binary data, or of
 * more parts than any message has. It looks at no more parts than that, so that it is quick whatever
 * structured cloning has carried, a circle too. Binary data counts with all of its buffer, and text
 * as a byte a character.
 */
export function isLargerThan(value: unknown, bytes: number): boolean {
  let left = bytes;
  const open: unknown[] = [value];
  for (let seen = 1; open.length > 0;) {
    const next = open.pop();
    left -= bytesOf(next);
    if (left < 0) return true;
    for (const part of partsOf(next)) {
      seen += 1;
      if (seen > VALUES_MOST) return true;
      open.push(part);
    }
  }
  return false;
}

function bytesOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (ArrayBuffer.isView(value)) return value.buffer.byteLength;
  return value instanceof ArrayBuffer ? value.byteLength : 0;
}

function* partsOf(value: unknown): Generator {
  if (typeof value !== 'object' || value === null || bytesOf(value) > 0) return;
  if (Array.isArray(value) || value instanceof Set) yield* value;
  else if (value instanceof Map) for (const entry of value) yield* entry;
  else for (const entry of Object.entries(value)) yield* entry;
}
