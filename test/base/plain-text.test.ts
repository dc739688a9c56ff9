import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainLine, plainLines } from '../../src/base/plain-text.js';

describe('a text from outside', () => {
  it.each([
    ['as it is', 'held 2×, “früher” 🧵 می‌روم', 'held 2×, “früher” 🧵 می‌روم'],
    ['without line breaks and tabs', 'a\r\nb\tc\u2028d', 'a b c d'],
    ['without what turns its direction', 'gil\u202efdp.exe\u2066', 'gil fdp.exe'],
    ['without what a terminal obeys', '\u001b[31mred\u0007', '[31mred'],
    ['without halves of signs', 'x\ud800y', 'x y'],
    ['without what is not seen', '\ufeffa\u200b\u{e0041}b', 'a b'],
  ])('is shown %s', (_, text, shown) => {
    expect(plainLine(text, 100)).toBe(shown);
  });

  it('is one line of at most so many characters, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(50), (text, most) => {
        const line = plainLine(text, most + 1);
        expect(line.length).toBeLessThanOrEqual(most + 1);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
        expect(plainLine(line, most + 1)).toBe(line);
      }),
    );
  });

  it('keeps its lines where it may have several', () => {
    expect(plainLines(' first\r\nsec\tond\n\nlast \n', 100)).toBe('first\nsec ond\n\nlast');
  });
});
