import { describe, expect, it } from 'vitest';
import { describeBytes, followProgress } from '../../scripts/setup/progress.mjs';

/** Follows 60 s of a download at 1 MB/s, looking twice a second. */
function writtenTo(isTTY) {
  const written = [];
  let time = 0;
  const progress = followProgress('Downloading', 60e6, {
    output: { isTTY, write: (text) => written.push(text) },
    now: () => time,
  });
  for (; time <= 60_000; time += 500) progress.update(time * 1000);
  progress.end();
  return written;
}

describe('progress', () => {
  it('is a plain line now and then where there is no terminal', () => {
    const written = writtenTo(false);
    expect(written).toHaveLength(6);
    expect(written[0]).toBe('Downloading: 10 MB of 60 MB (16 %)\n');
  });

  it('is one line, redrawn and at last removed, on a terminal', () => {
    const written = writtenTo(true);
    expect(written.length).toBeGreaterThan(100);
    expect(written.join('')).not.toContain('\n');
    expect(written.at(-1)).toBe('\r\u001B[K');
  });

  it('names no share where the whole is not known, and never more than the whole', () => {
    expect(describeBytes(1e6)).toBe('1 MB');
    expect(describeBytes(3e6, 2e6)).toBe('3 MB of 2 MB (100 %)');
  });
});
