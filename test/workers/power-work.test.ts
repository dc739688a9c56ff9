import { beforeAll, expect, it } from 'vitest';
import { RunMemory } from '../../src/main/engine/run-memory.js';
import { ATTENTION, CONTROL } from '../../src/shared/layout.js';
import { generatePart } from '../../src/workers/generation.js';
import { instantiateKernel } from '../../src/workers/kernel.js';
import { PowerWork } from '../../src/workers/power-work.js';
import { builtKernel } from '../fixtures/engine.js';
import { smallRun } from '../fixtures/parameters.js';

const parameters = smallRun({ matrices: 1, size: 30, threads: 1 });

let words: Int32Array;
let work: PowerWork;

beforeAll(async () => {
  const runMemory = new RunMemory();
  const { buffer, layout } = runMemory.prepare(parameters);
  const kernel = instantiateKernel((await builtKernel()).module, runMemory.memory);
  generatePart(buffer, kernel, 0, 1);
  words = new Int32Array(buffer);
  work = new PowerWork(kernel, buffer, parameters, layout, 0);
});

function whole() {
  work.begin(0);
  expect(work.advance()).toBe(true);
  return work.outcome;
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
