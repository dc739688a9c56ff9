/** What a machine is, and what of it a process may use. */
export interface Host {
  /** Cores that the process may run on: fewer than all where it is kept to some of them. */
  readonly logicalCores: number;
  /** All logical cores of the machine. */
  readonly machineCores: number;
  /** Cores' worth of processor time that the system lets it have, as a container's; null for no quota. */
  readonly quotaCores: number | null;
  /** What it may use: the lesser of `logicalCores` and `quotaCores`; may be a fraction. */
  readonly usableCores: number;
  /** The same cores with the threads of one core (SMT) counted as one; null where it is not known. */
  readonly physicalCores: number | null;
  /** Fast and slow cores among them; empty where all are alike. */
  readonly coreKinds: readonly CoreKind[];
  /** What sets the cores' frequency; null where it is not known. */
  readonly governor: string | null;
  /** Whether cores may go beyond their nominal frequency; null where it is not known. */
  readonly turbo: boolean | null;
  /** Whether it is a virtual machine; null where it is not known. */
  readonly virtual: boolean | null;
  /** All memory there is, or what the system lets the process have of it. */
  readonly memoryBytes: number;
  /** What the system lets it have, where that is less than all there is. */
  readonly memoryLimitBytes: number | null;
}

/** Cores that are as fast as one another. */
export interface CoreKind {
  readonly kind: 'fast' | 'slow';
  readonly cores: number;
}
