import * as v from 'valibot';
import { Count } from '../base/schemas.js';

/** What the engine is doing during a run. */
const PHASES = ['starting', 'generating', 'warming up', 'repeating'] as const;

export const ProgressSchema = v.object({
  phase: v.picklist(PHASES),
  /** The running repeat, from 0, and how many there are of its phase. */
  repeat: Count,
  repeats: Count,
  /** Tasks done in it; while starting, threads that are ready; while generating, matrices. */
  tasksDone: Count,
  tasks: Count,
});

/** How far a run is. */
export type Progress = v.InferOutput<typeof ProgressSchema>;
