/** Why a process cannot be recorded. */
export type RefusalReason =
  | 'platform'
  | 'gone'
  | 'not-permitted'
  | 'not-python'
  | 'no-symbols'
  | '32-bit'
  | 'musl'
  | 'version'
  | 'no-gil'
  /** The interpreter is not set up yet: some milliseconds later it will be. */
  | 'starting';

/** A process cannot be recorded; the message names cause and remedy in one line. */
export class PythonRefusal extends Error {
  override readonly name = 'PythonRefusal';
  readonly reason: RefusalReason;
  /** Whether it holds for as long as the program runs: an interpreter may start, or be loaded, later. */
  readonly isFinal: boolean;

  constructor(
    reason: RefusalReason,
    message: string,
    isFinal = reason !== 'starting' && reason !== 'gone',
  ) {
    super(message);
    this.reason = reason;
    this.isFinal = isFinal;
  }
}

/** The refusal of a process whose interpreter is not there yet. */
export function starting(label: string): PythonRefusal {
  return new PythonRefusal('starting', `${label} has not set up its interpreter yet: try again`);
}
