import { FlagChecks } from './flag-checks.js';
import { Option } from 'commander';
import { FORMAT_IDS, formatOf } from '../formats/registry.js';
import { longestWallNs, type SpanPart } from '../formats/span-part.js';
import type { Recording } from '../recording/recording.js';
import { toNanoseconds } from '../base/units.js';
import { RefusedError } from './failures.js';
import { strictNumber, type FlagValues } from './flags.js';

/** The formats of spans, of which there may be more than a viewer takes. */
const SPAN_FORMATS = FORMAT_IDS.filter((id) => formatOf(id).content === 'spans');
const SPAN_FLAGS = SPAN_FORMATS.map((kind) => `--${kind}`);

/** The flags that choose which part of the spans is exported. */
export function partOptions(): Option[] {
  const where = SPAN_FLAGS.join(', ').replace(/, ([^,]*)$/, ' and $1');
  return [
    new Option('--repeat <number>', `only this repeat in ${where}; from 0, as in these files`),
    new Option(
      '--from <ms>',
      `only spans after this time of a repeat in ${where}; those that cross it are cut there`,
    ),
    new Option('--to <ms>', 'likewise, only spans before this time'),
  ].map((option) => option.argParser(strictNumber));
}

/**
 * The part that the flags choose.
 *
 * @throws RefusedError where there can be no such part, or no file to hold it
 */
export function partFrom(values: FlagValues, repeats: number): SpanPart {
  const { repeat, from, to } = values;
  const given = (['repeat', 'from', 'to'] as const).filter((name) => values[name] !== undefined);
  const [first] = given;
  if (first !== undefined && SPAN_FORMATS.every((kind) => values[kind] === undefined)) {
    throw new RefusedError([`--${first} needs one of ${SPAN_FLAGS.join(', ')}`]);
  }
  const checks = new FlagChecks();
  const isRepeat = (value: number) => Number.isInteger(value) && value >= 0 && value < repeats;
  checks.number('repeat', repeat, isRepeat, `a whole number from 0 to ${repeats - 1}`);
  checks.number('from', from, (value) => value >= 0, 'a time in ms, 0 or more');
  const least = typeof from === 'number' ? from : 0;
  checks.number('to', to, (value) => value > least, `a time in ms, more than ${least}`);
  if (checks.problems.length > 0) throw new RefusedError(checks.problems);
  return { repeat: typeof repeat === 'number' ? repeat : null, range: rangeOf(from, to) };
}

function rangeOf(from: unknown, to: unknown): SpanPart['range'] {
  if (from === undefined && to === undefined) return null;
  return {
    startNs: typeof from === 'number' ? toNanoseconds(from) : 0,
    endNs: typeof to === 'number' ? toNanoseconds(to) : Infinity,
  };
}

/** @throws RefusedError where no repeat lasts until the part begins */
export function checkPart(part: SpanPart, records: readonly Recording[]): void {
  const endNs = longestWallNs(records, part);
  if (part.range === null || part.range.startNs < endNs) return;
  const [from, end] = [part.range.startNs, endNs].map((timeNs) => timeNs / 1e6);
  throw new RefusedError([`from is ${from}; the longest repeat ends at ${end} ms (--from)`]);
}
