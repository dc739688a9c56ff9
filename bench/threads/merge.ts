import { writePieces } from '../../src/files/files.js';
import { mergeSweeps } from '../../src/storage/merge-sweeps.js';

/** A process that merges parts of a sweep and reports its time and memory to its parent. Arguments: target, parts. */
const [target = '', ...parts] = process.argv.slice(2);
const began = performance.now();
const { repeats, bytes } = await mergeSweeps(parts);
await writePieces(target, bytes());
const ms = performance.now() - began;
process.send?.({ ms, repeats, peakBytes: 1024 * process.resourceUsage().maxRSS });
