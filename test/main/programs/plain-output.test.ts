import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlainOutput } from '../../../src/main/programs/plain-output.js';

/** What becomes of bytes that come in pieces. */
function plain(pieces: readonly (string | Uint8Array)[]): string {
  const output = new PlainOutput();
  const text = pieces.map((piece) => output.take(Buffer.from(piece))).join('');
  return text + output.end();
}

describe('plain output', () => {
  it.each([
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['what moves the cursor', 'a\u001b[2K\u001b[10;5Hb', 'ab'],
    ['a title', '\u001b]0;title\u0007text\u001b]8;;http://x\u001b\\link', 'textlink'],
    ['two-character sequences', '\u001b(Ba\u001b7b\u001bMc', 'abc'],
    ['a bell, a NUL and others', 'a\u0007b\0c\u0008d\u009be', 'abcde'],
    ['a line that is written over', '10 %\r20 %\r\n', '10 %\n20 %\n'],
    ['tabs and markup as they are', 'a\tb\n<b>&amp;', 'a\tb\n<b>&amp;'],
    ['a sequence without an end', 'a\u001b[31', 'a'],
    ['what only looks like one', '\u001b \u00e4', ' \u00e4'],
  ])('has %s', (_, printed, text) => {
    expect(plain([printed])).toBe(text);
  });

  it('is the same in whatever pieces it comes', () => {
    const printed = Buffer.from(
      'ä\u001b[1;31mred\u001b[0m\r\n\u001b]0;t\u0007日本🎈\rover\u001b(B',
    );
    fc.assert(
      fc.property(fc.array(fc.nat(printed.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), printed.length];
        const pieces = at.slice(1).map((end, index) => printed.subarray(at[index], end));
        expect(plain(pieces)).toBe('ärd\n日本🎈\nover'.replace('rd', 'red'));
      }),
    );
  });

  it('takes bytes that are no UTF-8, and strings for the terminal without an end', () => {
    expect(plain([Uint8Array.from([0x61, 0xff, 0xfe, 0x62])])).toBe('a\ufffd\ufffdb');
    const text = plain([`\u001b]${'x'.repeat(10_000)}`, 'y'.repeat(10_000)]);
    expect(text).toContain('y');
    expect(text).not.toContain('\u001b');
  });
});
