/** Times that people plan with, from seconds to days. */

const UNITS = [
  { name: 'd', ns: 86_400e9 },
  { name: 'h', ns: 3600e9 },
  { name: 'min', ns: 60e9 },
  { name: 's', ns: 1e9 },
] as const;

/** How units are written on a command line, each with its length in ns. */
const WRITTEN: Readonly<Record<string, number>> = {
  d: 86_400e9,
  h: 3600e9,
  min: 60e9,
  m: 60e9,
  s: 1e9,
  ms: 1e6,
};

/** A time in its two largest units, rounded: `45 s`, `2 min 5 s`, `3 h 20 min`; `0.4 s` below a second. */
export function formatLongTime(ns: number): string {
  if (ns < 0.95e9) return `${(ns / 1e9).toFixed(1)} s`;
  const largest = UNITS.findIndex((unit) => ns >= unit.ns);
  const [unit, next] = UNITS.slice(Math.max(0, largest));
  if (unit === undefined || largest < 0) return '1 s';
  const step = next?.ns ?? unit.ns;
  const rounded = Math.round(ns / step) * step;
  // 59 min 59.9 s is an hour.
  const above = UNITS[largest - 1];
  if (above !== undefined && rounded >= above.ns) return `1 ${above.name}`;
  const whole = Math.floor(rounded / unit.ns);
  const rest = Math.round((rounded - whole * unit.ns) / step);
  return next === undefined || rest === 0
    ? `${whole} ${unit.name}`
    : `${whole} ${unit.name} ${rest} ${next.name}`;
}

/** Reads a time such as `90s`, `10min`, `1h30m` or `1.5 h`, in ns; null for any other text, and for none. */
export function parseLongTime(text: string): number | null {
  const part = /\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*/gy;
  let ns = 0;
  while (part.lastIndex < text.length) {
    const [, count = '', name = ''] = part.exec(text) ?? [];
    const unitNs = Object.hasOwn(WRITTEN, name) ? WRITTEN[name] : undefined;
    if (unitNs === undefined) return null;
    ns += Number(count) * unitNs;
  }
  return ns > 0 && Number.isFinite(ns) ? ns : null;
}
