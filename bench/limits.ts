import { readFile } from 'node:fs/promises';
import { compileOptimised } from '../src/engine/optimised-module.js';

/** The loops of assembly/index.ts, as WebAssembly gives them. Addresses are bytes. */
interface LimitLoops {
  operationsPerTurn(this: void): number;
  multiplyAdds(this: void, turns: number, factor: number): number;
  readStream(this: void, address: number, end: number, times: number): bigint;
}

/** Compiles the loops with the same instructions as the kernel in use. */
export async function loadLimits(folder: URL, kernelBuild: string): Promise<WebAssembly.Module> {
  const file = kernelBuild === 'SIMD' ? 'limits.simd.wasm' : 'limits.relaxed.wasm';
  return compileOptimised(await readFile(new URL(file, folder)));
}

/** An instance of the loops over a memory. */
export function limitLoops(limits: WebAssembly.Module, memory: WebAssembly.Memory): LimitLoops {
  const { exports } = new WebAssembly.Instance(limits, { env: { memory } });
  if (!isLimitLoops(exports)) throw new TypeError('the limits lack a loop: build them anew.');
  return exports;
}

function isLimitLoops(exports: object): exports is LimitLoops {
  return ['operationsPerTurn', 'multiplyAdds', 'readStream'].every(
    (name) => typeof Reflect.get(exports, name) === 'function',
  );
}
