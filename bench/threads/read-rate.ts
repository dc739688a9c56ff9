import { parentPort, workerData } from 'node:worker_threads';
import { readRate } from '../measure/read-rate.js';

/** The compiled loops. */
export type ReadRateData = WebAssembly.Module;

const rate = readRate(workerData as ReadRateData);

parentPort?.on('message', () => {
  parentPort?.postMessage(rate());
});
