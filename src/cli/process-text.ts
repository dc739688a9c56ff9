import { printable } from '../base/printable.js';
import { shortened } from '../base/shortened.js';
import { alignTable, joinBlocks, type Alignment } from '../base/text-table.js';
import { formatCount, formatCounted, formatDuration, formatShare } from '../base/units.js';
import type { ProcessRecording, PythonFacts } from '../process/recording.js';
import type { ProcessFindings, ProcessReport, ThreadReport } from '../process/report.js';
import { THREAD_STATES } from '../process/thread-shares.js';
import { warningLines } from './run-text.js';

/** Rows of each table, at most: those that matter most. */
const MOST_THREADS = 40;
const MOST_FUNCTIONS = 15;
const MOST_PAIRS = 8;

/** Characters of a name, at most. */
const NAME_LENGTH = 48;

/** The report of a recorded program, for people to read. */
export function processText(
  recording: ProcessRecording,
  { report, pairs }: ProcessFindings,
): string {
  return joinBlocks([
    [name(report.command.join(' '), 200), ...report.processes.map(pythonLine), timeLine(report)],
    ['Threads, each with the shares of its own time', ...threadTable(report.threads)],
    report.functions.length === 0 ? [] : ['Who kept the others waiting', ...functionTable(report)],
    pairs.length === 0
      ? []
      : [
          'Who waited for whom',
          ...alignTable(
            pairs
              .slice(0, MOST_PAIRS)
              .map(({ holder, waiter, waitNs }) => [
                `${name(waiter)} waited for ${name(holder)}`,
                formatDuration(waitNs),
              ]),
            ['left', 'right'],
          ),
        ],
    [printable(report.verdict.message)],
    [samplingLine(recording, report), UNSEEN],
    warningLines(report.warnings.map(({ message }) => printable(message))),
  ]);
}

/** What samples cannot see. */
const UNSEEN =
  'Edges of spans are known to within a sample, and what began and ended between two samples is not seen.';

function name(text: string, length = NAME_LENGTH): string {
  return shortened(printable(text), length);
}

const GIL_TOLD: Readonly<Record<PythonFacts['gil'], string>> = {
  enabled: 'with a GIL',
  disabled: 'free-threaded, without a GIL',
  absent: 'no GIL was found',
};

function pythonLine({ pid, python, executable, gil }: PythonFacts): string {
  return `CPython ${name(python)}, ${GIL_TOLD[gil]}: ${name(executable, 120)}, process ${pid}`;
}

function timeLine({ durationNs, handoffs, hiddenHandoffs }: ProcessReport): string {
  const hidden = hiddenHandoffs === 0 ? '' : `, ${formatCount(hiddenHandoffs)} of them unseen`;
  return `${formatDuration(durationNs)}, ${formatCounted(handoffs, 'hand-off')}${hidden}`;
}

function samplingLine({ source }: ProcessRecording, report: ProcessReport): string {
  const { median, p95 } = report.periodNs;
  const cost = formatShare(source.samplerCpuNs / report.durationNs);
  return (
    `${formatCounted(report.samples, 'sample')}, one each ${formatDuration(median)} ` +
    `(95 % within ${formatDuration(p95)}); sampling took ${cost} of a core.`
  );
}

/** The threads in the order of the lanes, or of many those with most time. */
function threadTable(threads: readonly ThreadReport[]): string[] {
  const shown =
    threads.length <= MOST_THREADS
      ? threads
      : threads.toSorted((a, b) => b.aliveNs - a.aliveNs).slice(0, MOST_THREADS);
  const several = new Set(threads.map(({ pid }) => pid)).size > 1;
  const rows = shown.map((thread) => [
    name(thread.native ? `${thread.name} (native)` : thread.name),
    ...(several ? [String(thread.pid)] : []),
    String(thread.tid),
    formatDuration(thread.aliveNs),
    ...THREAD_STATES.map((state) => formatShare(thread[state])),
  ]);
  const headings = ['Thread', ...(several ? ['Process'] : []), 'Tid', 'Alive', ...STATE_HEADINGS];
  const alignments = headings.map((_, column): Alignment => (column === 0 ? 'left' : 'right'));
  const more = threads.length - shown.length;
  return [
    ...alignTable([headings, ...rows], alignments),
    ...(more === 0 ? [] : [`and ${formatCounted(more, 'thread')} more, which were there for less`]),
  ];
}

const STATE_HEADINGS = ['Hold', 'Wait', 'Compute', 'Sleep', 'Blocked', 'Queued'];

function functionTable({ functions }: ProcessReport): string[] {
  const rows = functions
    .slice(0, MOST_FUNCTIONS)
    .map(({ function: own, file, line, heldNs, causedWaitNs, longestNs, computeNs }) => [
      name(own),
      `${name(file, 60)}:${line}`,
      formatDuration(heldNs),
      formatDuration(causedWaitNs),
      formatDuration(longestNs),
      formatDuration(computeNs),
    ]);
  const headings = ['Function', 'Line', 'Held', 'Kept waiting', 'Longest', 'Without the lock'];
  return alignTable([headings, ...rows], ['left', 'left', 'right', 'right', 'right', 'right']);
}
