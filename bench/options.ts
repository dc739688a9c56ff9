import { parseArgs } from 'node:util';
import { SECTION_NAMES, type SectionName } from './sections/index.js';

/** What the command line asks for. */
export interface Options {
  /** The sections to measure, in the order of the bench. */
  readonly only: readonly SectionName[];
  readonly quick: boolean;
  /** Where the figures go. */
  readonly json: string | undefined;
  /** Where the tables go besides standard output. */
  readonly markdown: string | undefined;
}

/** What the bench takes, in a few lines. */
export const USAGE = `npm run bench -- [--only NAMES] [--quick] [--json FILE] [--markdown FILE]
  --only NAMES     of ${SECTION_NAMES.join(',')}
  --quick          fewer and smaller runs: to see that it runs, not for figures to keep
  --json FILE      where the figures go (out/bench/results.json)
  --markdown FILE  where the tables go, besides standard output`;

/** @throws Error that says what is wrong with the arguments */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      markdown: { type: 'string' },
    },
  });
  const { only, quick, json, markdown } = values;
  return { only: readNames(only), quick, json, markdown };
}

function readNames(text: string | undefined): readonly SectionName[] {
  if (text === undefined) return SECTION_NAMES;
  const wanted = text.split(',');
  const unknown = wanted.find((name) => !SECTION_NAMES.some((known) => known === name));
  if (unknown !== undefined) {
    throw new RangeError(`--only has "${unknown}"; it takes ${SECTION_NAMES.join(', ')}`);
  }
  return SECTION_NAMES.filter((name) => wanted.includes(name));
}
