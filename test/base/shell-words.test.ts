import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinWords, splitWords } from '../../src/base/shell-words.js';

const wordsOf = (text: string) => {
  const split = splitWords(text);
  return split.ok ? split.words : split.problem;
};

describe('words of a command line', () => {
  it.each([
    ['', []],
    ['  python3   app.py\t-v\n', ['python3', 'app.py', '-v']],
    [`--name 'two words' "and two"`, ['--name', 'two words', 'and two']],
    [`a'b c'"d e"f`, ['ab cd ef']],
    [`'' ""`, ['', '']],
    [String.raw`a\ b \"c \\`, ['a b', '"c', '\\']],
    [String.raw`"a \" b \$ \n"`, [String.raw`a " b $ \n`]],
    [String.raw`'a \ b'`, [String.raw`a \ b`]],
    ['$HOME * ~ ; |', ['$HOME', '*', '~', ';', '|']],
  ])('%j is split as a shell does, and nothing in it is expanded', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it.each([
    [`say "hello`, 'a quote has no end'],
    [`say 'hello`, 'a quote has no end'],
    ['say \\', 'it ends with a backslash'],
  ])('%j cannot be split', (text, problem) => {
    expect(wordsOf(text)).toBe(problem);
  });

  it('join into one line that is split into them again', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        const line = joinWords(words);
        fc.pre(!line.includes("$'"));
        expect(wordsOf(line)).toEqual(words);
      }),
    );
  });

  it('hide nothing: what is not seen, or turns the text, is written out', () => {
    const unseen = ['\u200b', '\u2003', '\u2800', '\u3164', '\ufe0f'];
    const line = joinWords(['rm', 'a\u202egpj.sh', 'x\n$ true', ...unseen, "it's\u0007"]);
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    for (const sign of unseen) expect(line).not.toContain(sign);
    expect(line).toContain(String.raw`$'a\U0000202egpj.sh'`);
  });

  it.runIf(process.platform === 'linux')('are what a shell makes of the line', () => {
    const words = ['plain', '', 'two words', "it's", '$HOME', 'tab\tand\nline', 'ä\u202e', '\\'];
    const said = execFileSync('bash', ['-c', `printf '%s\\0' ${joinWords(words)}`], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    expect(said.split('\0').slice(0, -1)).toEqual(words);
  });
});
