import { readFile } from 'node:fs/promises';
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
 * Compiles the kernel from the folder of its builds: the one with relaxed SIMD, whose products are
 * fused multiply-adds, or the plain one where V8 does not know it.
 *
 * @param folder ends with a slash
 */
export async function loadKernelModule(folder: URL): Promise<KernelModule> {
  const relaxed = await readFile(new URL(KERNEL_FILES['relaxed SIMD'], folder));
  if (WebAssembly.validate(relaxed)) {
    return { module: compileOptimised(relaxed), build: 'relaxed SIMD' };
  }
  const plain = await readFile(new URL(KERNEL_FILES.SIMD, folder));
  return { module: compileOptimised(plain), build: 'SIMD' };
}
