import { availableParallelism, cpus, release, totalmem, type as osType } from 'node:os';
import type { Machine } from '../experiment/run-record.js';
import { systemClock } from '../base/units.js';
import { measureClock } from './clock-figures.js';

/** Describes this machine and what runs on it. `kernel` names the kernel's build. */
export function describeMachine(kernel: string): Machine {
  const { node, v8 } = process.versions;
  const shell =
    'electron' in process.versions ? `Electron ${process.versions.electron}` : `Node ${node}`;
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
    logicalCores: availableParallelism(),
    memoryBytes: memoryBytes(),
    os: `${osType()} ${release()}`,
    runtime: `${shell}, V8 ${v8}`,
    kernel,
    clock: measureClock(systemClock),
  };
}

/**
 * How much memory this process may have: the machine's, or less where the system keeps it to a part,
 * as it does a container.
 */
export function memoryBytes(
  totalBytes = totalmem(),
  limitOf: () => number | undefined = () => process.constrainedMemory(),
): number {
  // No limit is said as 0, as more than there is, or, by older lines of Node, not at all.
  const limitBytes = limitOf() ?? 0;
  return limitBytes > 0 ? Math.min(totalBytes, limitBytes) : totalBytes;
}
