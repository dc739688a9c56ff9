import type { AnyRecording } from '../../storage/recording-file.js';
import { EngineBusyError } from '../../engine/index.js';
import type { StreamMessage } from '../../ipc/index.js';
import type { SpanStream } from '../runs/span-stream.js';
import { RecordingCache } from './recording-cache.js';

/**
 * What happens in this session, whoever does it: which one thing is running, how recordings are
 * numbered, which are kept, and what the page receives of them, now and when it is loaded again.
 */
export class Session {
  readonly #stream: SpanStream;
  readonly #kept: RecordingCache;
  /** What pages to come are told. */
  #history: StreamMessage[] = [];
  /** The number of the newest recording. */
  #newest = 0;
  /** Stops what is running; undefined where nothing is. */
  #running: AbortController | undefined;

  constructor(stream: SpanStream, kept = new RecordingCache()) {
    this.#stream = stream;
    this.#kept = kept;
  }

  /** How every recording so far began and ended, for a page that has just connected. */
  get history(): readonly StreamMessage[] {
    return this.#history;
  }

  /** Bytes of spans that are kept at most. */
  get budgetBytes(): number {
    return this.#kept.budgetBytes;
  }

  /** Whether a run or a comparison is measured, or files are opened. */
  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /**
   * Begins something that nothing else may run beside. Returns the signal that ends it.
   *
   * @throws EngineBusyError where something is running already
   */
  begin(): AbortSignal {
    if (this.#running !== undefined) throw new EngineBusyError();
    this.#running = new AbortController();
    return this.#running.signal;
  }

  /** What was running has ended. */
  end(): void {
    this.#running = undefined;
  }

  /** Stops what is running, if anything is. */
  stop(): void {
    this.#running?.abort();
  }

  /** Takes so many numbers for recordings. Returns the first of them. */
  number(count = 1): number {
    const first = this.#newest + 1;
    this.#newest += count;
    return first;
  }

  /** Gives numbers back, from this one on, that no recording was made for. */
  giveBack(first: number): void {
    this.#newest = first - 1;
  }

  /** Whether there has been a recording of that number. */
  has(run: number): boolean {
    return run <= this.#newest;
  }

  /** Tells the page, and remembers it for pages to come. */
  tell(message: StreamMessage): void {
    this.#history = [...this.#history.filter((earlier) => !isReplaced(earlier, message)), message];
    this.#stream.send(message);
  }

  /** Keeps a recording under a number, and says whose spans were let go for it. */
  keep(run: number, recording: AnyRecording): void {
    for (const other of this.#kept.keep(run, recording)) {
      this.tell({ type: 'spansEvicted', run: other });
    }
  }

  /**
   * Returns the recording of a number.
   *
   * @throws Error where there is none
   */
  recording(run: number): AnyRecording {
    return this.#kept.of(run);
  }

  /** Forgets a run whose place another one takes, and all that was told of it. */
  forget(run: number): void {
    this.#kept.forget(run);
    this.#history = this.#history.filter((message) => !isAbout(message, run));
  }
}

/** What each kind of message is replaced by: of what goes on, the last that was said is enough. */
const REPLACED_BY: Readonly<Partial<Record<StreamMessage['type'], readonly string[]>>> = {
  comparing: ['comparing', 'compared'],
  sweeping: ['sweeping', 'swept'],
  recent: ['recent'],
};

function isReplaced(earlier: StreamMessage, by: StreamMessage): boolean {
  if (earlier.type === 'described' && by.type === 'described') return earlier.run === by.run;
  return REPLACED_BY[earlier.type]?.includes(by.type) === true;
}

/** Whether a message is about a run that is an entry by itself. */
function isAbout(message: StreamMessage, run: number): boolean {
  if ('run' in message) return message.run === run;
  if ('id' in message) return message.id === run;
  return message.type === 'entry' && message.entry.id === run;
}
