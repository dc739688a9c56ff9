/** Builds the kernel of src/engine/kernel into out/kernel, where it is not up to date. */
import { ensureAssembly } from './assembly.mjs';

const kernel = { name: 'kernel', sources: ['src/engine/kernel'], target: 'out/kernel' };
console.log(await ensureAssembly(kernel));
