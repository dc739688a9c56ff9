/** Keeps one of all values that are alike in JSON, as what many files say is mostly the same. */
export class Interned {
  readonly #known = new Map<string, unknown>();

  /** Returns the first value that was alike. */
  first<Value>(value: Value): Value {
    const text = JSON.stringify(value);
    if (!this.#known.has(text)) this.#known.set(text, value);
    return this.#known.get(text) as Value;
  }
}
