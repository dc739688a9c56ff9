/** Why a process cannot be recorded. All but `starting` hold for as long as its program runs. */
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

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
