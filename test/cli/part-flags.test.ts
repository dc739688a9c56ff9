import { FORMAT_IDS, formatOf } from '../../src/formats/registry.js';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/cli/failures.js';
import { checkPart, partFrom, partOptions } from '../../src/cli/part-flags.js';
import { recordOf } from '../fixtures/records.js';

function parse(...words: string[]) {
  const command = new Command().exitOverride().allowUnknownOption().allowExcessArguments();
  for (const option of partOptions()) command.addOption(option);
  return partFrom({ ...command.parse(words, { from: 'user' }).opts(), spans: 'a.csv' }, 3);
}

function problems(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof RefusedError) return error.problems;
    throw error;
  }
  return [];
}

describe('the part of the spans', () => {
  it('is all of them where nothing is said', () => {
    expect(parse()).toEqual({ repeat: null, range: null });
  });

  it('is a repeat, a range in ms, or both', () => {
    expect(parse('--repeat', '2')).toEqual({ repeat: 2, range: null });
    expect(parse('--from', '1.5', '--to', '20')).toEqual({
      repeat: null,
      range: { startNs: 1_500_000, endNs: 20_000_000 },
    });
    expect(parse('--from', '0', '--repeat', '0').range).toEqual({ startNs: 0, endNs: Infinity });
    expect(parse('--to', '1e3').range).toEqual({ startNs: 0, endNs: 1e9 });
  });

  it.each([
    ['--repeat 3', 'repeat is 3; it takes a whole number from 0 to 2 (--repeat)'],
    ['--repeat -1', 'repeat is -1; it takes a whole number from 0 to 2 (--repeat)'],
    ['--repeat 0.5', 'repeat is 0.5; it takes a whole number from 0 to 2 (--repeat)'],
    ['--repeat last', 'repeat is "last"; it takes a whole number from 0 to 2 (--repeat)'],
    ['--from -1', 'from is -1; it takes a time in ms, 0 or more (--from)'],
    ['--from 5ms', 'from is "5ms"; it takes a time in ms, 0 or more (--from)'],
    ['--to 0', 'to is 0; it takes a time in ms, more than 0 (--to)'],
    ['--from 5 --to 5', 'to is 5; it takes a time in ms, more than 5 (--to)'],
  ])('is refused: %s', (words, line) => {
    expect(problems(() => parse(...words.split(' ')))).toEqual([line]);
  });

  it.each(['repeat', 'from', 'to'])('needs a file that has spans: --%s', (name) => {
    const spanFlags = FORMAT_IDS.filter((id) => formatOf(id).content === 'spans').map(
      (id) => `--${id}`,
    );
    expect(problems(() => partFrom({ [name]: 1, csv: 'a.csv' }, 3))).toEqual([
      `--${name} needs one of ${spanFlags.join(', ')}`,
    ]);
  });

  it('begins before the end of a repeat that it has', () => {
    const records = [recordOf({ walls: [2e6, 5e6] })];
    const from = (ms: number, repeat: number | null) => ({
      repeat,
      range: { startNs: ms * 1e6, endNs: Infinity },
    });
    expect(
      problems(() => {
        checkPart(from(4, null), records);
      }),
    ).toEqual([]);
    expect(
      problems(() => {
        checkPart(from(5, null), records);
      }),
    ).toEqual(['from is 5; the longest repeat ends at 5 ms (--from)']);
    expect(
      problems(() => {
        checkPart(from(4, 0), records);
      }),
    ).toEqual(['from is 4; the longest repeat ends at 2 ms (--from)']);
  });
});
