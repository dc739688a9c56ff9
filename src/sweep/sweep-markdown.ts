import { joinBlocks } from '../base/text-table.js';
import { markdownEscaped } from '../base/markdown.js';
import type { Sweep } from './sweep.js';
import {
  cellsLine,
  commonLine,
  fitLines,
  machineLines,
  sweepWarnings,
  tableColumns,
} from './sweep-table.js';

/** A sweep as Markdown (GitHub's tables), for a paper or a README. Without a date. */
export function sweepMarkdown(sweep: Sweep): string {
  const columns = tableColumns(sweep);
  const rows = [
    columns.map(({ heading }) => heading),
    columns.map(() => '---:'),
    ...sweep.rows.map((row) => columns.map(({ text }) => markdownEscaped(text(row)))),
  ];
  return joinBlocks([
    [`${cellsLine(sweep)}; ${commonLine(sweep)}; in rounds, in random order.`].map(markdownEscaped),
    machineLines(sweep).map((line) => markdownEscaped(`${line}.`)),
    rows.map((row) => `| ${row.join(' | ')} |`),
    fitLines(sweep).map((line) => `- ${markdownEscaped(line)}`),
    sweep.advice.map(({ message }) => `- ${markdownEscaped(message)}`),
    sweepWarnings(sweep).map((warning) => `- ${markdownEscaped(warning)}`),
  ]);
}
