/** Checks the numbers of flags, and collects every problem for one refusal. */
export class FlagChecks {
  readonly problems: string[] = [];

  /** Checks a flag, if it is set. `takes` completes the sentence "it takes …". */
  number(name: string, value: unknown, isGood: (value: number) => boolean, takes: string): void {
    if (value === undefined || (typeof value === 'number' && isGood(value))) return;
    this.problems.push(`${name} is ${JSON.stringify(value)}; it takes ${takes} (--${name})`);
  }
}
