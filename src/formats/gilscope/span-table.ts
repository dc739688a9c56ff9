import type { Column } from '@uwdata/flechette';
import { laneName, type Recording } from '../../recording/recording.js';
import {
  halvesOf,
  laneOf,
  NO_LABEL,
  packKindAndLane,
  SPAN_KINDS,
  SPAN_WORDS,
  spanCount,
  TASK_SPAN_KINDS,
} from '../../recording/spans.js';
import { integerColumn, tableFile, WholeNumbers, wordColumn } from './arrow.js';
import { ReadTable } from './read-table.js';
import type { TableLayouts } from './table-layouts.js';
import { NestingCheck } from './nesting-check.js';

/**
 * The spans of a recording as an Arrow table with the columns of the CSV: run, repeat, lane, kind,
 * task, start_ns, end_ns. Its rows stand in the order in which the spans were recorded, repeat by
 * repeat: each lane's in order of their ends.
 *
 * Where spans have labels in place of tasks, `task` is -1, and lane_name and label follow; label_index
 * is the label's place in recording.json, -1 for none.
 */

/** How many spans a repeat has. */
export function spansIn(repeat: { readonly spans: readonly Float64Array[] }): number {
  return repeat.spans.reduce((count, words) => count + spanCount(words), 0);
}

/** Makes the table as an Arrow IPC file, in pieces one after another. */
export function spanTable(recording: Recording): Uint8Array[] {
  const { number, repeats, labels } = recording;
  const rows = repeats.reduce((count, repeat) => count + spansIn(repeat), 0);
  const repeat = new Int32Array(rows);
  const lane = new Int32Array(rows);
  const kind = new Int8Array(rows);
  const task = new WholeNumbers(labels === null ? rows : 0);
  const label = new Float64Array(labels === null ? 0 : rows);
  const startNs = new WholeNumbers(rows);
  const endNs = new WholeNumbers(rows);
  let row = 0;
  for (const [index, { spans }] of repeats.entries()) {
    for (const words of spans) {
      const halves = halvesOf(words);
      for (let word = 0; word < words.length; word += SPAN_WORDS) {
        const packed = halves[2 * word + 5] ?? 0;
        repeat[row] = index;
        lane[row] = laneOf(packed);
        kind[row] = packed & 0xff;
        const subject = halves[2 * word + 4] ?? 0;
        if (labels === null) task.set(row, subject);
        else label[row] = subject;
        startNs.set(row, words[word] ?? 0);
        endNs.set(row, words[word + 1] ?? 0);
        row += 1;
      }
    }
  }
  return tableFile({
    run: integerColumn(new Int32Array(rows).fill(number)),
    repeat: integerColumn(repeat),
    lane: integerColumn(lane),
    kind: wordColumn(labels === null ? TASK_SPAN_KINDS : SPAN_KINDS, kind),
    task: labels === null ? task.column() : integerColumn(new Int32Array(rows).fill(-1)),
    start_ns: startNs.column(),
    end_ns: endNs.column(),
    ...(labels === null ? {} : labelColumns(recording, lane, label)),
  });
}

/** The columns of names: those of the lanes and of the labels, which several may share. */
function labelColumns(
  { description, labels }: Recording,
  lane: Int32Array,
  index: Float64Array,
): Record<string, Column<unknown>> {
  const names = (labels ?? []).map(({ name }) => name);
  const indices = Int32Array.from(index, (label) => (label === NO_LABEL ? -1 : label));
  return {
    lane_name: nameColumn(lane, (own) => description.lanes[own] ?? laneName(own)),
    label: nameColumn(indices, (own) => names[own] ?? ''),
    label_index: integerColumn(indices),
  };
}

/** A column of names, each of which stands once in its list of words. */
function nameColumn(numbers: Int32Array, nameOf: (number: number) => string): Column<unknown> {
  const places = new Map<string, number>();
  const known = new Map<number, number>();
  const placeOf = (number: number) => {
    const name = nameOf(number);
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    known.set(number, place);
    return place;
  };
  const column = numbers.map((number) => known.get(number) ?? placeOf(number));
  return wordColumn([...places.keys()], column);
}

/** What the spans of a file must fit. */
export interface SpanBounds {
  readonly lanes: number;
  /** Tasks of the recording; 0 where it has none. */
  readonly tasks: number;
  /** Labels of the recording; null where its spans have none. */
  readonly labels: number | null;
  /** Spans of each repeat. */
  readonly spans: readonly number[];
}

/**
 * Reads the spans of each repeat, packed.
 *
 * @throws ContentError where they are not what `spanTable` writes of such a recording: a lane, task,
 *   label, kind or time out of range, spans out of order, or spans of one lane that overlap
 */
export function readSpanTable(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  { lanes, tasks, labels, spans }: SpanBounds,
  layouts: TableLayouts,
): Float64Array<ArrayBuffer>[] {
  const rows = spans.reduce((sum, count) => sum + count, 0);
  const table = new ReadTable(name, bytes, rows, layouts);
  const lane = table.integers('lane', lanes);
  const kind = table.words('kind', SPAN_KINDS);
  const task =
    labels === null ? table.whole('task', Math.max(1, tasks)) : readLabels(table, labels);
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

/** The labels' places, `NO_LABEL` where there is none. */
function readLabels(table: ReadTable, labels: number): Float64Array {
  const indices = table.integers('label_index', labels, -1);
  return Float64Array.from(indices, (index) => (index < 0 ? NO_LABEL : index));
}
