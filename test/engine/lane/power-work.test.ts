import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RunMemory } from '../../../src/engine/run-memory.js';
import { ATTENTION, CONTROL } from '../../../src/memory/layout.js';
import { generatePart } from '../../../src/engine/lane/generation.js';
import { instantiateKernel, type Kernel } from '../../../src/engine/lane/kernel.js';
import { PowerWork } from '../../../src/engine/lane/power-work.js';
import { builtKernel } from '../../fixtures/engine.js';
import { smallRun } from '../../fixtures/parameters.js';

const parameters = smallRun({ matrices: 1, size: 30, threads: 1 });

/** Turns of interpreter work in each iteration, where there are any: a few looks' worth. */
const TURNS = 1000;

let words: Int32Array;
let work: PowerWork;
/** The same with interpreter work. */
let interpreted: PowerWork;
let turnsDone = 0;
/** What attention is asked for when so many turns of a call are done; not at all where it is 0. */
let askedFor = 0;
const TURNS_UNTIL_ASKED = 300;

beforeAll(async () => {
  const runMemory = new RunMemory();
  const prepared = runMemory.prepare(parameters);
  const { buffer, layout } = prepared;
  const kernel = instantiateKernel((await builtKernel()).module, runMemory.memory);
  generatePart(buffer, kernel, 0, 1);
  words = new Int32Array(buffer);
  work = new PowerWork(kernel, buffer, parameters, layout, 0);
  prepared.setInterpreterTurns(TURNS);
  const counting: Kernel = {
    ...kernel,
    interpret: (turns, attention) => {
      const part = askedFor === 0 ? turns : TURNS_UNTIL_ASKED;
      const left = turns - part + kernel.interpret(part, attention);
      turnsDone += turns - left;
      words[CONTROL.attention] = askedFor;
      return left;
    },
  };
  interpreted = new PowerWork(counting, buffer, parameters, layout, 0);
});

beforeEach(() => {
  words[CONTROL.attention] = 0;
  turnsDone = 0;
  askedFor = 0;
});

function whole(of = work) {
  of.begin(0);
  while (!of.advance());
  return of.outcome;
}

it('comes to the same step by step, with a product for every iteration and one for the result', () => {
  const expected = whole();
  work.begin(0);
  let products = 0;
  do {
    expect(work.product()).toBe(true);
    products += 1;
  } while (!work.update());
  expect(work.outcome).toEqual(expected);
  expect(products).toBe((expected?.iterations ?? NaN) + 1);
});

it('leaves the product of the result as well when it is asked to', () => {
  const expected = whole();
  const steps = expected?.iterations ?? NaN;
  work.begin(0);
  for (let step = 0; step < steps; step += 1) {
    work.product();
    expect(work.update()).toBe(false);
  }
  words[CONTROL.attention] = ATTENTION.dropRequest;
  expect(work.advance()).toBe(false);
  expect(work.product()).toBe(false);
  expect(work.outcome).toBeUndefined();
  words[CONTROL.attention] = 0;
  expect(work.advance()).toBe(true);
  expect(work.outcome).toEqual(expected);
});

describe('interpreter work', () => {
  it('is done in every iteration, to the last turn, and changes no result', () => {
    const expected = whole();
    expect(whole(interpreted)).toEqual(expected);
    expect(turnsDone).toBe(TURNS * (expected?.iterations ?? NaN));
  });

  it('is done in two pieces with the product of a small matrix, as NumPy releases the lock in norms alone', () => {
    const expected = whole();
    const steps = expected?.iterations ?? NaN;
    interpreted.begin(0);
    for (let step = 0; step < steps; step += 1) {
      expect(interpreted.product()).toBe(true);
      for (const done of [TURNS / 2, TURNS]) {
        expect(interpreted.update()).toBe(false);
        expect(turnsDone).toBe(step * TURNS + done);
        // Nothing between two pieces; after the last the next product, which can go on later.
        if (done < TURNS) expect(interpreted.product()).toBe(true);
      }
    }
    expect(interpreted.product()).toBe(true);
    expect(interpreted.update()).toBe(true);
    expect(turnsDone).toBe(steps * TURNS);
    expect(interpreted.outcome).toEqual(expected);
  });

  it('is left where attention is asked for, and gone on with', () => {
    const expected = whole();
    interpreted.begin(0);
    askedFor = ATTENTION.dropRequest;
    expect(interpreted.advance()).toBe(false);
    expect(turnsDone).toBe(TURNS_UNTIL_ASKED);
    // As long as it is asked for nothing goes on.
    expect(interpreted.advance()).toBe(false);
    expect(turnsDone).toBe(TURNS_UNTIL_ASKED);
    askedFor = 0;
    words[CONTROL.attention] = 0;
    while (!interpreted.advance());
    expect(turnsDone).toBe(TURNS * (expected?.iterations ?? NaN));
    expect(interpreted.outcome).toEqual(expected);
  });

  it('is left at a stop where steps are taken one by one', () => {
    interpreted.begin(0);
    interpreted.product();
    askedFor = ATTENTION.stop;
    expect(interpreted.update()).toBe(true);
    expect(turnsDone).toBe(TURNS_UNTIL_ASKED);
    expect(interpreted.outcome).toBeUndefined();
  });
});
