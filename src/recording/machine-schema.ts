import * as v from 'valibot';
import { Count } from '../base/schemas.js';
import type { Machine } from './machine.js';

/** Checks a machine that another process or a file describes. */
export const MachineSchema: v.GenericSchema<unknown, Machine> = v.object({
  cpu: v.string(),
  logicalCores: Count,
  machineCores: Count,
  quotaCores: v.nullable(v.number()),
  usableCores: v.number(),
  physicalCores: v.nullable(Count),
  coreKinds: v.array(v.object({ kind: v.picklist(['fast', 'slow']), cores: Count })),
  governor: v.nullable(v.string()),
  turbo: v.nullable(v.boolean()),
  virtual: v.nullable(v.boolean()),
  memoryBytes: v.number(),
  memoryLimitBytes: v.nullable(v.number()),
  os: v.string(),
  runtime: v.string(),
  kernel: v.string(),
  clock: v.object({ stepNs: v.number(), readNs: v.number() }),
});
