import { expect, it } from 'vitest';
import { readHost } from '../../src/engine/host.js';
import { describeMachine } from '../../src/engine/machine.js';

it('describes the machine with what of it may be used', () => {
  const machine = describeMachine('SIMD');
  expect(machine).toMatchObject({ ...readHost(), kernel: 'SIMD' });
  expect(machine.usableCores).toBeGreaterThan(0);
  expect(machine.usableCores).toBeLessThanOrEqual(machine.logicalCores);
  expect(machine.logicalCores).toBeLessThanOrEqual(machine.machineCores);
  expect(machine.memoryBytes).toBeGreaterThan(1e8);
});
