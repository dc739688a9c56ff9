import type { KernelModule } from '../../src/engine/kernel-module.js';
import { RunMemory, type PreparedRun } from '../../src/engine/run-memory.js';
import { ATTENTION_ADDRESS, vectorsOf, type Layout } from '../../src/memory/layout.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import { instantiateKernel, type Kernel } from '../../src/engine/lane/kernel.js';
import { generatePart } from '../../src/engine/lane/generation.js';
import { LaneRun } from '../../src/engine/lane/lane-run.js';
import type { Loop } from './timing.js';

/** A run with one lane, laid out as the engine does, whose lane is the thread that measures. */
export interface SoloLane {
  readonly memory: WebAssembly.Memory;
  readonly kernel: Kernel;
  readonly prepared: PreparedRun;
  readonly lane: LaneRun;
}

/** Lays out a run of one lane and generates its matrices. */
export function soloLane({ module }: KernelModule, parameters: Parameters): SoloLane {
  const runMemory = new RunMemory();
  const prepared = runMemory.prepare({ ...parameters, scheduler: 'serial' });
  const { memory } = runMemory;
  const kernel = instantiateKernel(module, memory);
  const lane = new LaneRun(memory, kernel, 1, 0);
  generatePart(memory.buffer, kernel, 0, 1);
  return { memory, kernel, prepared, lane };
}

/** The power method's own loop on a lane's first matrix, never converging. */
export function iterations(kernel: Kernel, layout: Layout, size: number): Loop {
  const { a, b, c } = vectorsOf(layout, 0);
  return (count) => {
    kernel.begin(layout.matrices, size, layout.stride, a, b, c, ATTENTION_ADDRESS);
    kernel.iterate(0, count, 0);
  };
}
