import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * A worker thread that measures. It answers each question with one message, and thinks about
 * nothing else, so that what it measures is optimised as it is in a lane.
 */
export class BenchThread<Question, Answer> implements AsyncDisposable {
  readonly #worker: Worker;

  /** @param data what the thread is to measure with */
  constructor(file: URL, data: unknown) {
    this.#worker = new Worker(file, { workerData: data });
  }

  /**
   * Asks, and waits for the answer. Questions go one at a time.
   *
   * @throws what the thread failed with
   */
  async ask(question: Question): Promise<Answer> {
    this.#worker.postMessage(question);
    const [answer] = (await once(this.#worker, 'message')) as [Answer];
    return answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}
