import { parseArgs } from 'node:util';
import { chosen } from './chosen.js';
import { USUAL_PYTHONS } from './python/child.js';
import { SECTION_NAMES, type SectionName } from './sections/index.js';
import { NUMBA_SIZES } from './sections/numba.js';

/** What the command line asks for. */
export interface Options {
  /** The sections to measure, in the order of the bench. */
  readonly only: readonly SectionName[];
  /** The sizes to measure against Numba. */
  readonly numbaSizes: readonly number[];
  /** The Pythons to look in, in order. */
  readonly pythons: readonly string[];
  readonly quick: boolean;
  /** Time for waiting until nobody shares the cores, and for what is measured again, in ms. */
  readonly patienceMs: number;
  /** Where the figures go. */
  readonly json: string | undefined;
  /** Where the tables go besides standard output. */
  readonly markdown: string | undefined;
}

const MINUTE_MS = 60_000;
const PATIENCE_MINUTES = '10';

/** What the bench takes, in a few lines. */
export const USAGE = `npm run bench -- [--only NAMES] [--numba-sizes SIZES] [--python PATH] [--quick]
                 [--patience MINUTES] [--json FILE] [--markdown FILE]
  --only NAMES         of ${SECTION_NAMES.join(',')}
  --numba-sizes SIZES  of ${NUMBA_SIZES.join(',')}: each takes less than a minute
  --python PATH        the Python to measure against (the system’s, or one on the path)
  --quick              fewer and smaller runs: to see that it runs, not for figures to keep
  --patience MINUTES   for waiting until nobody shares the cores, and for measuring again what was
                       disturbed (10; none with --quick)
  --json FILE          where the figures go (out/bench/results.json)
  --markdown FILE      where the tables go, besides standard output`;

/** @throws Error that says what is wrong with the arguments */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      'numba-sizes': { type: 'string' },
      python: { type: 'string' },
      quick: { type: 'boolean', default: false },
      patience: { type: 'string' },
      json: { type: 'string' },
      markdown: { type: 'string' },
    },
  });
  const { only, 'numba-sizes': sizes, python, quick, patience, json, markdown } = values;
  return {
    only: chosen('--only', only, SECTION_NAMES),
    numbaSizes: chosen('--numba-sizes', sizes, NUMBA_SIZES),
    pythons: python === undefined ? USUAL_PYTHONS : [python],
    quick,
    patienceMs: MINUTE_MS * minutesOf(patience ?? (quick ? '0' : PATIENCE_MINUTES)),
    json,
    markdown,
  };
}

function minutesOf(text: string): number {
  const minutes = Number(text);
  if (text.trim() !== '' && minutes >= 0 && Number.isFinite(minutes)) return minutes;
  throw new RangeError(`--patience has "${text}"; it takes minutes, 0 or more`);
}
