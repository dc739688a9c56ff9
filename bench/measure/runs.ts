import type { ExperimentRecording, ExperimentRepeat } from '../../src/experiment/recording.js';
import type { Engine } from '../../src/engine/index.js';
import { defaultParameters, type Parameters } from '../../src/experiment/parameters.js';

/** The parameters of one timed repeat: the defaults, but for what is given. */
export function once(threads: number, given: Partial<Parameters>): Parameters {
  return { ...defaultParameters(threads), warmup: 0, repeats: 1, ...given };
}

/** A run's record. The bench stops no run that it wants a record of. */
export async function recordOf(
  engine: Engine,
  parameters: Parameters,
): Promise<ExperimentRecording> {
  const { record } = await engine.run(parameters);
  if (record === null) throw new Error('a run of the bench ended without a record');
  return record;
}

/** A measurement: nanoseconds of wall time that one repeat takes. */
export function wallOf(engine: Engine, parameters: Parameters): () => Promise<number> {
  return async () => firstRepeat(await recordOf(engine, parameters)).wallNs;
}

/** The one repeat of a run that has one. */
export function firstRepeat({ repeats: [repeat] }: ExperimentRecording): ExperimentRepeat {
  if (repeat === undefined) throw new Error('a run of the bench has no repeat');
  return repeat;
}
