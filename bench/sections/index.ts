import type { Section } from '../section.js';
import { costs } from './costs.js';
import { coverage } from './coverage.js';
import { damage } from './damage.js';
import { generation } from './generation.js';
import { gil } from './gil.js';
import { growth } from './growth.js';
import { kernel } from './kernel.js';
import { merging } from './merging.js';
import { numba } from './numba.js';
import { numpy } from './numpy.js';
import { profilers } from './profilers.js';
import { recording } from './recording.js';
import { scaling } from './scaling.js';
import { sleeping } from './sleeping.js';
import { starting } from './starting.js';
import { sweeping } from './sweeping.js';
import { switching } from './switching.js';
import { waiters } from './waiters.js';

/** The parts of the bench by the names that `--only` takes, in their order. */
export const SECTIONS = {
  kernel,
  numba,
  numpy,
  generation,
  scaling,
  costs,
  switching,
  gil,
  waiters,
  sleeping,
  recording,
  profilers,
  sweeping,
  starting,
  growth,
  merging,
  damage,
  coverage,
} as const satisfies Record<string, Section>;

export type SectionName = keyof typeof SECTIONS;

export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];
