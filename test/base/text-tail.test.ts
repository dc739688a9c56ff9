import { describe, expect, it } from 'vitest';
import { TextTail } from '../../src/base/text-tail.js';

const textOf = ({ parts }: TextTail) => parts.map(({ text }) => text).join('');

describe('the end of a text', () => {
  it('has the streams in the order in which they came, joined where they are one', () => {
    const tail = new TextTail();
    tail.append({ stream: 'output', text: 'one ' });
    tail.append({ stream: 'output', text: 'two ' });
    tail.append({ stream: 'errors', text: 'three' });
    expect(tail.parts).toEqual([
      { stream: 'output', text: 'one two ', from: 0 },
      { stream: 'errors', text: 'three', from: 8 },
    ]);
    expect(tail.end).toBe(13);
  });

  it('keeps no more than so much, whatever comes', () => {
    const tail = new TextTail();
    for (let line = 0; line < 5000; line += 1) {
      tail.append({ stream: 'output', text: `line ${line} ${'x'.repeat(2000)}\n` });
    }
    expect(textOf(tail).length).toBeLessThan(210_000);
    expect(textOf(tail).endsWith('x\n')).toBe(true);
    expect(tail.lost + textOf(tail).length).toBe(tail.end);
  });

  it('has no more than so many parts, however often the streams take turns', () => {
    const tail = new TextTail();
    for (let turn = 0; turn < 20_000; turn += 1) {
      tail.append({ stream: turn % 2 === 0 ? 'output' : 'errors', text: 'x' });
    }
    expect(tail.parts.length).toBeLessThanOrEqual(2000);
    expect(tail.end).toBe(20_000);
  });

  it('takes what it has already once, and forgets what is far before what comes', () => {
    const tail = new TextTail();
    tail.append({ stream: 'output', text: 'abcdef' }, 0);
    tail.append({ stream: 'output', text: 'defghi' }, 3);
    expect(textOf(tail)).toBe('abcdefghi');
    tail.append({ stream: 'output', text: 'xyz' }, 100);
    expect({ text: textOf(tail), lost: tail.lost, end: tail.end }).toEqual({
      text: 'xyz',
      lost: 100,
      end: 103,
    });
  });

  it('gives what has come since a place', () => {
    const tail = new TextTail();
    tail.append({ stream: 'output', text: 'abc' });
    tail.append({ stream: 'errors', text: 'def' });
    expect(tail.since(2)).toEqual([
      { stream: 'output', text: 'c', from: 2 },
      { stream: 'errors', text: 'def', from: 3 },
    ]);
    expect(tail.since(6)).toEqual([]);
  });
});
