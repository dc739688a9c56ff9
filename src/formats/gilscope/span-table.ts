import { ContentError } from '../../base/content-error.js';
import { tableFromColumns, tableToIPC } from '@uwdata/flechette';
import type { Recording } from '../../recording/recording.js';
import {
  halvesOf,
  laneOf,
  packKindAndLane,
  SPAN_KINDS,
  SPAN_WORDS,
  spanCount,
} from '../../recording/spans.js';
import { integerColumn, readTable, wholeColumn, wordColumn } from './arrow.js';

/**
 * The spans of a recording as an Arrow table with the columns of the CSV: run, repeat, lane, kind,
 * task, start_ns, end_ns. Its rows stand in the order in which the spans were recorded, repeat by
 * repeat: each lane's in order of their ends.
 */

/** How many spans a repeat has. */
export function spansIn(repeat: { readonly spans: readonly Float64Array[] }): number {
  return repeat.spans.reduce((count, words) => count + spanCount(words), 0);
}

/** Writes the table as an Arrow IPC file. */
export function spanTable({ number, repeats }: Recording): Uint8Array {
  const rows = repeats.reduce((count, repeat) => count + spansIn(repeat), 0);
  const repeat = new Int32Array(rows);
  const lane = new Int32Array(rows);
  const kind = new Int8Array(rows);
  const task = new Float64Array(rows);
  const startNs = new Float64Array(rows);
  const endNs = new Float64Array(rows);
  let row = 0;
  for (const [index, { spans }] of repeats.entries()) {
    for (const words of spans) {
      const halves = halvesOf(words);
      for (let word = 0; word < words.length; word += SPAN_WORDS) {
        const packed = halves[2 * word + 5] ?? 0;
        repeat[row] = index;
        lane[row] = laneOf(packed);
        kind[row] = packed & 0xff;
        task[row] = halves[2 * word + 4] ?? 0;
        startNs[row] = words[word] ?? 0;
        endNs[row] = words[word + 1] ?? 0;
        row += 1;
      }
    }
  }
  const table = tableFromColumns({
    run: integerColumn(new Int32Array(rows).fill(number)),
    repeat: integerColumn(repeat),
    lane: integerColumn(lane),
    kind: wordColumn(SPAN_KINDS, kind),
    task: wholeColumn(task),
    start_ns: wholeColumn(startNs),
    end_ns: wholeColumn(endNs),
  });
  const bytes = tableToIPC(table, { format: 'file' });
  if (bytes === null) throw new TypeError('a table written to memory is bytes');
  return bytes;
}

/** What the spans of a file must fit. */
export interface SpanBounds {
  readonly lanes: number;
  /** Tasks of the recording; 0 where it has none. */
  readonly tasks: number;
  /** Spans of each repeat. */
  readonly spans: readonly number[];
}

/**
 * Reads the spans of each repeat, packed.
 *
 * @throws ContentError where they are not what `spanTable` writes of such a recording: a lane, task,
 *   kind or time out of range, spans out of order, or spans of one lane that overlap
 */
export function readSpanTable(
  name: string,
  bytes: Uint8Array,
  { lanes, tasks, spans }: SpanBounds,
): Float64Array<ArrayBuffer>[] {
  const rows = spans.reduce((sum, count) => sum + count, 0);
  const table = readTable(name, bytes, rows);
  const lane = table.integers('lane', lanes);
  const kind = table.words('kind', SPAN_KINDS);
  const task = table.whole('task', Math.max(1, tasks));
  const startNs = table.whole('start_ns');
  const endNs = table.whole('end_ns');
  let row = 0;
  return spans.map((count) => {
    const words = new Float64Array(count * SPAN_WORDS);
    const halves = halvesOf(words);
    const nesting = new NestingCheck(name, lanes);
    for (let word = 0; word < words.length; word += SPAN_WORDS) {
      const [own = 0, start = 0, end = 0] = [lane[row], startNs[row], endNs[row]];
      nesting.add(own, start, end);
      words[word] = start;
      words[word + 1] = end;
      halves[2 * word + 4] = task[row] ?? 0;
      halves[2 * word + 5] = packKindAndLane(kind[row] ?? 0, own);
      row += 1;
    }
    return words;
  });
}

/** Checks that each lane's spans come in order of their ends and lie inside or beside one another. */
class NestingCheck {
  readonly #name: string;
  /** For each lane, the starts and ends of spans that no later one has been seen to hold. */
  readonly #open: number[][];

  constructor(name: string, lanes: number) {
    this.#name = name;
    this.#open = Array.from({ length: lanes }, () => []);
  }

  add(lane: number, startNs: number, endNs: number): void {
    const open = this.#open[lane] ?? [];
    const lastEndNs = open.at(-1) ?? 0;
    if (endNs < startNs) this.#refuse(`a span that ends before it starts, at ${startNs} ns`);
    if (endNs < lastEndNs) this.#refuse(`spans out of order, at ${endNs} ns`);
    while ((open.at(-2) ?? -1) >= startNs) open.length -= 2;
    if ((open.at(-1) ?? 0) > startNs) this.#refuse(`spans that overlap, at ${startNs} ns`);
    open.push(startNs, endNs);
  }

  #refuse(what: string): never {
    throw new ContentError(`${this.#name} has ${what}`);
  }
}
