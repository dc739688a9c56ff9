import { readFile } from 'node:fs/promises';

/** The loops of assembly/index.ts, as WebAssembly gives them. Addresses are bytes. */
interface LimitLoops {
  operationsPerTurn(this: void): number;
  multiplyAdds(this: void, turns: number, factor: number): number;
  readStream(this: void, address: number, end: number, times: number): bigint;
}

/** The build of the loops that fits the kernel's. */
export interface Limits {
  /** An instance over a memory. */
  over(this: void, memory: WebAssembly.Memory): LimitLoops;
}

/** Compiles the loops with the same instructions as the kernel in use. */
export async function loadLimits(folder: URL, kernelBuild: string): Promise<Limits> {
  const file = kernelBuild === 'SIMD' ? 'limits.simd.wasm' : 'limits.relaxed.wasm';
  const module = await WebAssembly.compile(await readFile(new URL(file, folder)));
  return {
    over(memory) {
      const { exports } = new WebAssembly.Instance(module, { env: { memory } });
      if (!isLimitLoops(exports)) throw new TypeError(`${file} lacks a loop: build it anew.`);
      return exports;
    },
  };
}

function isLimitLoops(exports: object): exports is LimitLoops {
  return ['operationsPerTurn', 'multiplyAdds', 'readStream'].every(
    (name) => typeof Reflect.get(exports, name) === 'function',
  );
}
