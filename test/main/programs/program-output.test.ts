import { describe, expect, it } from 'vitest';
import type { Output } from '../../../src/ipc/index.js';
import { ProgramOutput } from '../../../src/main/programs/program-output.js';

/** Output that is handed on when the test says so. */
function outputOf() {
  const sent: Output[] = [];
  const due: (() => void)[] = [];
  const output = new ProgramOutput(
    (news) => sent.push(news),
    (flush) => due.push(flush),
  );
  const flush = () => {
    for (const each of due.splice(0)) each();
  };
  return { output, sent, due, flush };
}

const printed = (text: string) => Buffer.from(text);

describe('what a program prints', () => {
  it('is handed on together after a while, each time what is new', () => {
    const { output, sent, due, flush } = outputOf();
    output.take('output', printed('one\n'));
    output.take('errors', printed('two\n'));
    expect(due).toHaveLength(1);
    flush();
    output.take('output', printed('three\n'));
    flush();
    expect(sent).toEqual([
      {
        from: 0,
        parts: [
          { stream: 'output', text: 'one\n' },
          { stream: 'errors', text: 'two\n' },
        ],
        end: null,
      },
      { from: 8, parts: [{ stream: 'output', text: 'three\n' }], end: null },
    ]);
  });

  it('of 100 MB has its end, and no message is larger than what is kept', () => {
    const { output, sent, flush } = outputOf();
    const megabyte = printed(`${'x'.repeat(1023)}\n`.repeat(1024));
    for (let count = 0; count < 100; count += 1) output.take('output', megabyte);
    output.take('output', printed('the end'));
    flush();
    const [news] = sent;
    const length = news?.parts.reduce((sum, { text }) => sum + text.length, 0) ?? 0;
    expect(length).toBeLessThan(210_000);
    expect((news?.from ?? 0) + length).toBe(100 * 2 ** 20 + 7);
    expect(news?.parts.at(-1)?.text.endsWith('the end')).toBe(true);
    expect(output.all).toEqual(news);
  });

  it('says how it ended, with what was begun and not ended', () => {
    const { output, sent } = outputOf();
    output.take('output', printed('half \u001b[3'));
    output.end('The program ended with status 0.');
    expect(sent.at(-1)).toEqual({
      from: 0,
      parts: [{ stream: 'output', text: 'half ' }],
      end: 'The program ended with status 0.',
    });
  });
});
