import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileOptimised } from './optimised-module.js';

/** The builds of the kernel and their files. */
export const KERNEL_FILES = {
  'relaxed SIMD': 'kernel.relaxed.wasm',
  SIMD: 'kernel.simd.wasm',
} as const;

/** The kernel, compiled once; workers make their instances of it. */
export interface KernelModule {
  readonly module: WebAssembly.Module;
  readonly build: keyof typeof KERNEL_FILES;
}

/**
 * Compiles the kernel from the directory of its builds: the one with relaxed SIMD, whose products
 * are fused multiply-adds, or the plain one where the engine does not know it.
 */
export async function loadKernelModule(directory: string | URL): Promise<KernelModule> {
  const folder = typeof directory === 'string' ? directory : fileURLToPath(directory);
  const relaxed = await readFile(path.join(folder, KERNEL_FILES['relaxed SIMD']));
  if (WebAssembly.validate(relaxed)) {
    return { module: compileOptimised(relaxed), build: 'relaxed SIMD' };
  }
  const plain = await readFile(path.join(folder, KERNEL_FILES.SIMD));
  return { module: compileOptimised(plain), build: 'SIMD' };
}
