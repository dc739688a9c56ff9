import { describe, expect, test } from 'vitest';
import { pcg64Draws } from '../../src/base/pcg64.js';
import { attach } from '../../src/python/attach.js';
import type { Address } from '../../src/python/memory.js';
import { PythonRefusal } from '../../src/python/refusal.js';
import { type CapturedPython, capturePython, readEverything } from '../fixtures/captured-python.js';
import { type SparseMemory, wordBytes } from '../fixtures/process-memories.js';
import { pythons } from '../fixtures/pythons.js';

/** The memories are the same each time. GILSCOPE_FUZZ_RUNS asks for more or fewer of each interpreter. */
const RUNS = Number(process.env['GILSCOPE_FUZZ_RUNS'] ?? 100);

/** What reading everything of one memory may take; one that does not lie takes a hundredth. */
const MAX_READS = 1e5;

const TIMEOUT_MS = 60_000 + RUNS * 100;

/** Chances and choices of one run, which follow from its seed. */
class Chance {
  readonly #draw: () => number;

  constructor(seed: number) {
    this.#draw = pcg64Draws(seed);
  }

  /** A whole number from 0 to less than the limit. */
  below(limit: number): number {
    return Math.floor(this.#draw() * limit);
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('There is nothing to choose from.');
    return item;
  }
}

/** Words that lie: nothing, endless, negative, and lengths of many sizes. */
const WORDS: readonly number[] = [
  0,
  1,
  2,
  3,
  255,
  5000,
  65_535,
  1e5,
  1e6,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 40,
  2 ** 53,
  2 ** 63,
];

/** Changes a memory in one place or all over a page. */
type Lie = (memory: SparseMemory, at: Address, chance: Chance, pages: readonly Address[]) => void;

const LIES: readonly Lie[] = [
  (memory, at, chance) => {
    memory.writeWord(at, chance.of(WORDS));
  },
  function pointsAnywhere(memory, at, chance, pages) {
    memory.writeWord(at, wordIn(chance.of(pages), chance));
  },
  function pointsToItself(memory, at) {
    memory.writeWord(at, at);
  },
  function pointsNearby(memory, at, chance) {
    memory.writeWord(at, at - 256 + 8 * chance.below(64));
  },
  function isNoise(memory, at, chance) {
    memory.write(
      at,
      Uint8Array.from({ length: 64 }, () => chance.below(256)),
    );
  },
  function isOneByte(memory, at, chance) {
    const page = at - (at % 4096);
    memory.write(page, new Uint8Array(4096).fill(chance.of([0, 0xff, 0x7f, 0x40])));
  },
  function pointsAllToItself(memory, at) {
    const page = at - (at % 4096);
    const words = Array.from({ length: 512 }, () => [...wordBytes(page)]);
    memory.write(page, Uint8Array.from(words.flat()));
  },
  function isGone(memory, at) {
    memory.drop(at);
  },
];

function wordIn(page: Address, chance: Chance): Address {
  return page + 8 * chance.below(512);
}

/** A memory with one to many lies in it. */
function lyingMemory({ memory }: CapturedPython, chance: Chance): SparseMemory {
  const lying = memory.copy();
  const pages = memory.pageAddresses;
  const count = chance.of([1, 2, 5, 20, 100]);
  for (let lie = 0; lie < count; lie += 1) {
    chance.of(LIES)(lying, wordIn(chance.of(pages), chance), chance, pages);
  }
  return lying;
}

describe.each(pythons)('a memory that looks like a CPython $name', ({ path }) => {
  test(
    'may lie: it is refused or read in part, with bounded work',
    async () => {
      const captured = await capturePython(path);
      const outcomes = { read: 0, refused: 0, named: 0 };
      for (let seed = 0; seed < RUNS; seed += 1) {
        const memory = lyingMemory(captured, new Chance(seed));
        try {
          const python = attach({ ...captured, memory });
          readEverything(python);
          outcomes.read += 1;
          if (python.namesMissing === null) outcomes.named += 1;
        } catch (error) {
          if (!(error instanceof PythonRefusal)) throw new Error(`seed ${seed}`, { cause: error });
          outcomes.refused += 1;
        }
        expect(memory.reads, `seed ${seed}`).toBeLessThan(MAX_READS);
      }
      // Lies of every strength were told: some are noticed at once, some hardly matter.
      expect(outcomes.named).toBeGreaterThan(RUNS / 20);
      expect(outcomes.refused).toBeGreaterThan(RUNS / 20);
    },
    TIMEOUT_MS,
  );
});
