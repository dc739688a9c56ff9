import type { Machine } from '../recording/machine.js';
import { SPECIFICATIONS, type Parameters } from './parameters.js';
import { laneCount } from './plan.js';
import type { Host } from '../recording/host.js';
import { formatBytes, formatCores, formatCount, formatCounted } from '../base/units.js';

/** What is worked on: `100 matrices of 64 × 64`, `10 sleeps of 1,000 ms`. */
export function workLabel({ workload, matrices, size, sleepMs }: Parameters): string {
  return workload === 'power'
    ? `${formatCounted(matrices, 'matrix', 'matrices')} of ${squareLabel(size)}`
    : `${formatCounted(matrices, 'sleep')} of ${sleepMs.toLocaleString('en-GB')} ms`;
}

/** A square matrix by its size: `1,024 × 1,024`. */
export function squareLabel(size: number): string {
  return `${formatCount(size)} × ${formatCount(size)}`;
}

/** What is computed, with all that decides what comes of it. */
export function workLine(params: Parameters): string {
  if (params.workload === 'sleep') return workLabel(params);
  return (
    `Power method: ${workLabel(params)}, seed ${params.seed}, ε ${params.epsilon}, ` +
    `at most ${formatCounted(params.maxIterations, 'iteration')}` +
    `${params.interpreterUs > 0 ? ` with ${params.interpreterUs} µs of interpreter work each` : ''}, ` +
    `${params.convergence} test`
  );
}

/** The machine that it was measured on. */
export function machineLine(machine: Machine): string {
  const { cpu, runtime, kernel } = machine;
  return [[cpu, ...hostFacts(machine)].join(', '), runtime, `kernel: ${kernel}`].join('; ');
}

/** What a process may use of a machine, and what the machine's cores are like, a fact each. */
function hostFacts(host: Host): string[] {
  const { logicalCores, machineCores, quotaCores, physicalCores } = host;
  const facts = [
    logicalCores < machineCores
      ? `${logicalCores} of ${machineCores} logical cores`
      : `${logicalCores} logical ${logicalCores === 1 ? 'core' : 'cores'}`,
  ];
  if (physicalCores !== null && physicalCores < logicalCores) {
    facts.push(`two threads a core (SMT)`);
  }
  for (const { kind, cores } of host.coreKinds) facts.push(`${cores} ${kind}`);
  if (quotaCores !== null) facts.push(`a quota of ${formatCores(quotaCores)}`);
  if (host.memoryLimitBytes !== null) {
    facts.push(`a memory limit of ${formatBytes(host.memoryLimitBytes)}`);
  }
  if (host.virtual === true) facts.push('virtual machine');
  if (host.governor !== null) facts.push(`governor ${host.governor}`);
  if (host.turbo !== null) facts.push(host.turbo ? 'turbo' : 'no turbo');
  return facts;
}

/** The scheduler and the lock of a run: `Executor, 4 threads, lock: GIL held`. */
export function configurationLabel(params: Parameters): string {
  const scheduler = SPECIFICATIONS.scheduler.options[params.scheduler].label;
  const lock = SPECIFICATIONS.lock.options[params.lock].label;
  return `${scheduler}, ${formatCounted(laneCount(params), 'thread')}, lock: ${lock}`;
}

/** How often everything was done. */
export function repeatsLabel(params: Parameters): string {
  return `repeats: ${params.repeats}, warm-up: ${params.warmup}`;
}
