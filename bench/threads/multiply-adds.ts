import { parentPort, workerData } from 'node:worker_threads';
import { limitLoops } from '../limits.js';

/** The compiled loops. */
export type MultiplyAddsData = WebAssembly.Module;

/** How many turns to take. */
export type MultiplyAddsQuestion = number;

const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
const { multiplyAdds } = limitLoops(workerData as MultiplyAddsData, memory);

parentPort?.on('message', (turns: MultiplyAddsQuestion) => {
  parentPort?.postMessage(multiplyAdds(turns, 0.5));
});
