import { TextTail, TEXT_STREAMS, type TextStream } from '../../base/text-tail.js';
import type { Output } from '../../ipc/index.js';
import { PlainOutput } from './plain-output.js';

/** What a program prints is handed on no more often, in ms. */
const FLUSH_MS = 50;

/** What a program prints, as plain text of bounded length: its end is kept. */
export class ProgramOutput {
  readonly #send: (output: Output) => void;
  readonly #wait: (flush: () => void, ms: number) => void;
  readonly #tail = new TextTail();
  readonly #plain: Readonly<Record<TextStream, PlainOutput>> = {
    output: new PlainOutput(),
    errors: new PlainOutput(),
  };
  #sent = 0;
  #isWaiting = false;
  #end: string | null = null;

  /**
   * @param send hands on what is new
   * @param wait calls a function after a time
   */
  constructor(
    send: (output: Output) => void,
    wait: (flush: () => void, ms: number) => void = setTimeout,
  ) {
    this.#send = send;
    this.#wait = wait;
  }

  /** All that is kept. */
  get all(): Output {
    return this.#from(0);
  }

  /** Takes in what was printed to a stream. */
  take(stream: TextStream, bytes: Uint8Array): void {
    this.#append(stream, this.#plain[stream].take(bytes));
  }

  /** The program has ended, as these words say. */
  end(words: string): void {
    for (const stream of TEXT_STREAMS) this.#append(stream, this.#plain[stream].end());
    this.#end = words;
    this.#flush();
  }

  #append(stream: TextStream, text: string): void {
    if (text === '') return;
    this.#tail.append({ stream, text });
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#wait(() => {
      this.#isWaiting = false;
      this.#flush();
    }, FLUSH_MS);
  }

  #flush(): void {
    this.#send(this.#from(this.#sent));
    this.#sent = this.#tail.end;
  }

  #from(place: number): Output {
    const parts = this.#tail.since(place);
    const [first] = parts;
    return {
      from: first?.from ?? this.#tail.end,
      parts: parts.map(({ stream, text }) => ({ stream, text })),
      end: this.#end,
    };
  }
}
