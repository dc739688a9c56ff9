/** Builds the kernel of src/workers/assembly into out/kernel, where it is not up to date. */
import { ensureAssembly } from './assembly.mjs';

const kernel = { name: 'kernel', sources: ['src/workers/assembly'], target: 'out/kernel' };
console.log(await ensureAssembly(kernel));
