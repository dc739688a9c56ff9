/**
 * Units, branded so that they do not mix, and the one place where they are converted and shown.
 * Times inside Gilscope are whole nanoseconds from the start of a repeat.
 */

declare const unit: unique symbol;

/** Whole nanoseconds. Exact up to 2^53 ns, which is 104 days. */
export type Nanoseconds = number & { readonly [unit]: 'nanoseconds' };

/** Milliseconds with a fraction, as the platform's clocks and timers count. */
export type Milliseconds = number & { readonly [unit]: 'milliseconds' };

/** Reads a clock in milliseconds; injected, so that tests bring their own. */
export type Clock = () => Milliseconds;

const NANOSECONDS_PER_MILLISECOND = 1e6;
const NANOSECONDS_PER_SECOND = 1e9;

/** Taken from the global object once: there it is a getter, which takes a quarter of a reading. */
const { performance } = globalThis;

/** The monotonic clock that all threads of the process share: one origin, in milliseconds. */
export const systemClock: Clock = () => performance.now() as Milliseconds;

/**
 * In the middle of where doubles are whole numbers: one of less than 2^51 added to it is rounded so.
 * Math.round is a branch on which side of a whole number the value lies. Clock readings lie beside
 * whole nanoseconds, on either side by chance, so that every other branch was foretold wrongly.
 */
const AMID_WHOLE_NUMBERS = 1.5 * 2 ** 52;

/**
 * Milliseconds to the nearest whole nanoseconds, halves to the even one; exact up to 2^51 ns, which
 * is 26 days.
 */
export function toNanoseconds(milliseconds: number): Nanoseconds {
  const ns = milliseconds * NANOSECONDS_PER_MILLISECOND;
  return (ns + AMID_WHOLE_NUMBERS - AMID_WHOLE_NUMBERS) as Nanoseconds;
}

/** A unit of time for display: its name and its length in nanoseconds. */
export interface TimeUnit {
  readonly name: 'ns' | 'µs' | 'ms' | 's';
  readonly nanoseconds: number;
}

const NANOSECOND: TimeUnit = { name: 'ns', nanoseconds: 1 };
const MICROSECOND: TimeUnit = { name: 'µs', nanoseconds: 1e3 };
const MILLISECOND: TimeUnit = { name: 'ms', nanoseconds: NANOSECONDS_PER_MILLISECOND };
const SECOND: TimeUnit = { name: 's', nanoseconds: NANOSECONDS_PER_SECOND };

/** The largest unit of which the time is at least one; nanoseconds for less. */
export function unitFor(time: number): TimeUnit {
  const size = Math.abs(time);
  return [SECOND, MILLISECOND, MICROSECOND].find((u) => size >= u.nanoseconds) ?? NANOSECOND;
}

/** A duration in its fitting unit with so many significant digits, for example `1.24 ms`. */
export function formatDuration(time: number, digits = 3): string {
  if (!Number.isFinite(time)) return '–';
  // A value that rounds up to 1000 of its unit is shown in the next one.
  const scale = unitFor(Number(time.toPrecision(digits)));
  return `${formatNumber(time / scale.nanoseconds, digits)} ${scale.name}`;
}

/** A formatter for each number of significant digits: making one takes far longer than using it. */
const SIGNIFICANT = new Map<number, Intl.NumberFormat>();

function significant(digits: number): Intl.NumberFormat {
  const known = SIGNIFICANT.get(digits);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat('en-GB', {
    minimumSignificantDigits: digits,
    maximumSignificantDigits: digits,
  });
  SIGNIFICANT.set(digits, made);
  return made;
}

const WHOLE = new Intl.NumberFormat('en-GB');

/**
 * A number with so many significant digits, or all of a whole one that has more; digits grouped, no
 * exponent: `0.0521`, `1.24`, `1,190`.
 */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 10 ** digits - 0.5) return formatCount(value);
  if (value === 0) return '0';
  return significant(digits).format(value);
}

/** Most significant digits of an interval's ends: more than any measured time is known to. */
const MOST_INTERVAL_DIGITS = 6;

/**
 * The ends of an interval, each as `format` writes it with the fewest significant digits, three or
 * more, that tell them apart: `166` and `171`, `166.1` and `166.4`. Ends that are equal to six digits
 * read alike.
 */
export function formatEnds(
  low: number,
  high: number,
  format: (value: number, digits: number) => string = formatNumber,
): [low: string, high: string] {
  for (let digits = 3; digits <= MOST_INTERVAL_DIGITS; digits += 1) {
    const [from, to] = [format(low, digits), format(high, digits)];
    if (from !== to) return [from, to];
  }
  return [format(low, 3), format(high, 3)];
}

/** A number that is not known to more than two digits: `0.56`, `1.3`, `12`. */
export function formatRough(value: number): string {
  return value.toLocaleString('en-GB', {
    minimumSignificantDigits: 2,
    maximumSignificantDigits: 2,
  });
}

/** Units of longer times than seconds, the longest first, in ns. */
const LONG_UNITS = [
  { name: 'days', nanoseconds: 86_400e9 },
  { name: 'h', nanoseconds: 3600e9 },
  { name: 'min', nanoseconds: 60e9 },
] as const;

/** A time in ns that is known to a digit: `30 ms`, `3 s`, `2 min`, `5 h`. */
export function formatRoughDuration(timeNs: number): string {
  const rough = (value: number) => formatCount(Number(value.toPrecision(1)));
  const long = LONG_UNITS.find(({ nanoseconds }) => timeNs >= 1.5 * nanoseconds);
  return long === undefined
    ? formatDuration(Number(timeNs.toPrecision(1)), 1)
    : `${rough(timeNs / long.nanoseconds)} ${long.name}`;
}

/** How many times as much or as fast something is: `1.93×`. */
export function formatRatio(ratio: number, digits = 3): string {
  return `${formatNumber(ratio, digits)}×`;
}

/** A whole number with its digits grouped: `41,204`. */
export function formatCount(value: number): string {
  return WHOLE.format(Math.round(value));
}

/** So many of something: `1 task`, `41,204 tasks`, or with the plural that is given. */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Cores, of which a quota may leave a part of one: `1 core`, `8 cores`, `0.5 cores`. */
export function formatCores(cores: number): string {
  return Number.isInteger(cores)
    ? formatCounted(cores, 'core')
    : `${cores.toLocaleString('en-GB', { maximumFractionDigits: 2 })} cores`;
}

/** A share between 0 and 1 as per cent: `89 %`, `0.4 %`. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const percent = share * 100;
  return `${percent.toFixed(percent !== 0 && percent < 9.95 ? 1 : 0)} %`;
}

/** Bytes in decimal units with three significant digits: `6.55 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  // A value that rounds up to 1000 of its unit is shown in the next one.
  const size = Number(bytes.toPrecision(3));
  const power = size < 1 ? 0 : Math.min(Math.floor(Math.log10(size) / 3), units.length - 1);
  const scaled = bytes / 1000 ** power;
  return `${power === 0 ? String(bytes) : formatNumber(scaled)} ${units[power] ?? 'B'}`;
}

/**
 * A number in plain decimal digits, without an exponent, as attributes of accessibility need it:
 * `0.0000000001`. Undefined where it has more than 15 digits before the point.
 */
export function plainDecimal(value: number): string | undefined {
  if (!(Math.abs(value) < 1e15)) return undefined;
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}
