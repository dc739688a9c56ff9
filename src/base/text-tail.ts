/** The streams that a program prints to. */
export const TEXT_STREAMS = ['output', 'errors'] as const;
export type TextStream = (typeof TEXT_STREAMS)[number];

/** Text of one stream. */
export interface TextPart {
  readonly stream: TextStream;
  readonly text: string;
}

/** A part of a tail, at its place: how many characters came before it. */
export interface PlacedPart extends TextPart {
  readonly from: number;
}

/** What is kept at most: characters, and parts. */
const MOST_CHARACTERS = 200_000;
const MOST_PARTS = 2000;

/** Text of one stream is joined to parts of so many characters. */
const PART_CHARACTERS = 4000;

/** Keeps the end of what comes on several streams, in the order in which it came. */
export class TextTail {
  #parts: PlacedPart[] = [];
  #end = 0;

  /** How many characters have come. */
  get end(): number {
    return this.#end;
  }

  /** How many of them are not kept any more. */
  get lost(): number {
    return this.#parts[0]?.from ?? this.#end;
  }

  /** What is kept. Parts that are the same as before are the same objects. */
  get parts(): readonly PlacedPart[] {
    return this.#parts;
  }

  /** Adds text; what would come between it and the end is lost where it begins later than that. */
  append({ stream, text }: TextPart, from = this.#end): void {
    const fresh = from < this.#end ? text.slice(this.#end - from) : text;
    const at = Math.max(from, this.#end);
    // All before it is far behind what is kept.
    if (at > this.#end) this.#parts = [];
    this.#end = at + fresh.length;
    for (let done = 0; done < fresh.length; done += PART_CHARACTERS) {
      this.#add({ stream, text: fresh.slice(done, done + PART_CHARACTERS), from: at + done });
    }
    this.#trim();
  }

  /** What has come since there were so many characters, as far as it is kept. */
  since(from: number): readonly PlacedPart[] {
    return this.#parts.flatMap((part) => {
      const skipped = Math.max(0, from - part.from);
      if (skipped >= part.text.length) return [];
      return [{ ...part, text: part.text.slice(skipped), from: part.from + skipped }];
    });
  }

  #add(part: PlacedPart): void {
    const last = this.#parts.at(-1);
    const fits =
      last?.stream === part.stream && last.text.length + part.text.length <= PART_CHARACTERS;
    if (!fits) {
      this.#parts.push(part);
      return;
    }
    this.#parts[this.#parts.length - 1] = { ...last, text: last.text + part.text };
  }

  #trim(): void {
    const from = this.#end - MOST_CHARACTERS;
    const kept = this.#parts.findIndex((part) => part.from + part.text.length > from);
    const first = Math.max(kept, this.#parts.length - MOST_PARTS, 0);
    if (first > 0) this.#parts = this.#parts.slice(first);
  }
}
