import { fileURLToPath } from 'node:url';
import { Engine, type EngineOptions } from './engine.js';
import { loadKernelModule } from './kernel-module.js';
import { describeMachine } from './machine.js';

export { runComparison } from './comparison-run.js';
export { runRounds } from './rounds.js';
export { OtherMachineError, runSweep, type SweepOutcome, type SweepTask } from './sweep-run.js';
export type { SweepEnd, SweepListener, SweepOptions, SweepProgress } from './sweep-rounds.js';
export { Engine, type RunOutcome } from './engine.js';
export { type RunListener } from './run-execution.js';
export { readHost } from './host.js';
export { describeMachine } from './machine.js';
export { spanBytesKept } from './span-budget.js';
/** What the shell needs of an engine. */
export type RunEngine = Pick<Engine, 'machine' | 'warm' | 'reserve' | 'run' | 'stop' | 'close'>;

export { EngineBusyError, LimitError, MemoryError, WorkerError } from './errors.js';

/** Where the builds lie. */
export interface BuiltFiles {
  /** The built lane.js. */
  readonly lane: URL;
  /** The folder of the built kernels. */
  readonly kernels: URL;
}

/** The builds beside a built entry of the main process, given by its `import.meta.url`. */
export function builtFilesBeside(entry: string): BuiltFiles {
  return { lane: new URL('./lane.js', entry), kernels: new URL('../kernel/', entry) };
}

/** Loads the kernel and makes an engine; no worker is started before the first run. */
export async function createEngine(
  files: BuiltFiles,
  options: Pick<EngineOptions, 'afterIdle'> = {},
): Promise<Engine> {
  const kernel = await loadKernelModule(files.kernels);
  return new Engine({
    lanePath: fileURLToPath(files.lane),
    kernel: kernel.module,
    machine: describeMachine(kernel.build),
    ...options,
  });
}
