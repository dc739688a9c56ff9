import type { Label } from '../recording/recording.js';
import { NO_LABEL } from '../recording/spans.js';
import { blockedIn } from './system-calls.js';

/** Where a thread is in its program. */
export interface PlaceInCode {
  readonly code: {
    readonly function: string;
    readonly file: string;
    readonly firstLine: number;
  };
  readonly line: number;
}

/** Labels of a recording, at most; what else there is has none. */
const MOST_LABELS = 1_000_000;

/** The labels of a recording, each once, and the lines on which their functions held a lock. */
export class Labels {
  readonly #labels: Label[] = [];
  readonly #indices = new Map<string, number>();
  /** Each code object's label, so that it is looked up once. */
  readonly #ofCode = new WeakMap<PlaceInCode['code'], number>();
  readonly #ofCall = new Map<number, number>();
  /** For each label, the time in which its function held a lock, by line, in ns. */
  readonly #heldOnLine = new Map<number, Map<number, number>>();
  #told = 0;

  /** The label of a function. */
  ofCode(code: PlaceInCode['code']): number {
    const known = this.#ofCode.get(code);
    if (known !== undefined) return known;
    const index = this.#indexOf({ name: code.function, file: code.file, line: code.firstLine });
    this.#ofCode.set(code, index);
    return index;
  }

  /** The label of being blocked in a system call. */
  ofCall(call: number): number {
    const known = this.#ofCall.get(call);
    if (known !== undefined) return known;
    const index = this.ofState(blockedIn(call));
    this.#ofCall.set(call, index);
    return index;
  }

  /** The label of what is no function. */
  ofState(name: string): number {
    return this.#indexOf({ name, file: null, line: null });
  }

  /** Counts a line on which a function held a lock for so long. */
  addHeld(label: number, line: number, heldNs: number): void {
    const lines = this.#heldOnLine.get(label) ?? new Map<number, number>();
    this.#heldOnLine.set(label, lines);
    lines.set(line, (lines.get(line) ?? 0) + heldNs);
  }

  /** For each label the line on which its function held a lock longest; null where none is known. */
  get hotLines(): readonly (number | null)[] {
    return this.#labels.map((_, label) => {
      const lines = [...(this.#heldOnLine.get(label) ?? [])];
      const longest = lines.reduce<readonly [number, number] | undefined>(
        (most, line) => (most === undefined || line[1] > most[1] ? line : most),
        undefined,
      );
      return longest?.[0] ?? null;
    });
  }

  /** The labels that are new since this was asked last. */
  takeNew(): readonly Label[] {
    const fresh = this.#labels.slice(this.#told);
    this.#told = this.#labels.length;
    return fresh;
  }

  #indexOf(label: Label): number {
    const key = `${label.name}\0${label.file ?? ''}\0${label.line ?? ''}`;
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    if (this.#labels.length === MOST_LABELS) return NO_LABEL;
    const index = this.#labels.length;
    this.#labels.push(label);
    this.#indices.set(key, index);
    return index;
  }
}
