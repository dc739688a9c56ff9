import { withV8Flags } from './v8-flags.js';

/**
 * V8 14 inlines what quick code has seen called often, and ends the process where no quick code has seen anything.
 * Older ones have no such flag, or no need of it. The kernel's functions are inlined when it is built.
 */
const INLINING_OFF = Number.parseInt(process.versions.v8) >= 14 ? { 'wasm-inlining': false } : {};

/**
 * Compiles WebAssembly with V8's optimising compiler at once, which takes about 10 ms for the kernel.
 * By itself V8 begins with quick code, optimises what it has seen run for a while, and changes over
 * when a function is next called: the first tasks would take four times as long as those that
 * follow, and a first large matrix, one long call, all of its time.
 *
 * Bytes that V8 has compiled before stay as they are then.
 */
export function compileOptimised(bytes: BufferSource): WebAssembly.Module {
  const flags = { liftoff: false, 'wasm-lazy-compilation': false, ...INLINING_OFF };
  return withV8Flags(flags, () => new WebAssembly.Module(bytes));
}
