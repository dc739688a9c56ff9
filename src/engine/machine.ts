import type { Machine } from '../recording/machine.js';
import { cpus, release, type as osType } from 'node:os';
import type { Host } from '../recording/host.js';
import { systemClock } from '../base/units.js';
import { measureClock } from './clock-figures.js';
import { readHost } from './host.js';

/** Describes this machine and what runs on it. `kernel` names the kernel's build. */
export function describeMachine(kernel: string, host: Host = readHost()): Machine {
  const { node, v8 } = process.versions;
  const shell =
    'electron' in process.versions ? `Electron ${process.versions.electron}` : `Node ${node}`;
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
    ...host,
    os: `${osType()} ${release()}`,
    runtime: `${shell}, V8 ${v8}`,
    kernel,
    clock: measureClock(systemClock),
  };
}
