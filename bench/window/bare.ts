import { app } from 'electron';
import { availableParallelism } from 'node:os';
import { builtFilesBeside, createEngine } from '../../src/engine/index.js';
import { defaultParameters, type Parameters } from '../../src/experiment/parameters.js';
import { median } from '../../src/base/statistics.js';

/**
 * The product's engine in Electron's main process, without a window: what lies between this and the
 * command line is the process, and what lies between this and the product is the window.
 */

/** Makes a run and gives the wall time of its median repeat, in ms; the driver calls it. */
export type BareRun = (parameters: Partial<Parameters>) => Promise<number>;

const engine = createEngine(builtFilesBeside(new URL('../../main/index.js', import.meta.url).href));

const bareRun: BareRun = async (parameters) => {
  const { record } = await (
    await engine
  ).run({ ...defaultParameters(availableParallelism()), ...parameters });
  return median((record?.repeats ?? []).map(({ wallNs }) => wallNs)) / 1e6;
};
Object.assign(globalThis, { bareRun });

app.on('will-quit', () => {
  void engine.then((made) => made.close());
});
