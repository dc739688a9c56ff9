import type { AnyRecording } from '../../storage/recording-file.js';
import { plainLine } from '../../base/plain-text.js';
import { isExperiment } from '../../experiment/recording.js';
import { overviewOf } from '../../experiment/report.js';
import type { About, Recorded, RepeatFacts } from '../../ipc/index.js';
import type { ProcessSource } from '../../process/recording.js';
import type { Machine } from '../../recording/machine.js';
import type { Description, Label, Repeat, SpanCounts } from '../../recording/recording.js';

/** Recordings as the page gets them. Texts, which may come out of a file, are made fit to be shown. */

/** Longest text of a recording that is shown, and longest name of a lane. */
const TEXT_LENGTH = 300;
const LANE_LENGTH = 100;

/** Words of a command that the page gets, at most. */
const WORDS_SHOWN = 100;

/** What a recording says of itself. */
export function aboutOf({
  description,
  machine,
  source,
  tasks,
  labels,
}: Pick<AnyRecording, 'description' | 'machine' | 'source' | 'tasks' | 'labels'>): About {
  return {
    description: shownDescription(description),
    machine: shownMachine(machine),
    source:
      source.kind === 'experiment'
        ? { kind: source.kind, parameters: source.parameters }
        : shownSource(source),
    tasks: tasks?.count ?? null,
    labels: labels?.map(shownLabel) ?? null,
  };
}

function shownLabel({ name, file, line }: Label): Label {
  return {
    name: plainLine(name, TEXT_LENGTH),
    file: file === null ? null : plainLine(file, TEXT_LENGTH),
    line,
  };
}

function shownSource(source: ProcessSource): ProcessSource {
  const shown = (text: string) => plainLine(text, TEXT_LENGTH);
  // What is shown of a command is its title.
  const command = source.command.slice(0, WORDS_SHOWN).map(shown);
  return {
    ...source,
    command,
    processes: source.processes.map((python) => ({
      ...python,
      command: python.command.slice(0, WORDS_SHOWN).map(shown),
      python: shown(python.python),
      executable: shown(python.executable),
    })),
    threads: source.threads.map((thread) => ({
      ...thread,
      name: plainLine(thread.name, LANE_LENGTH),
    })),
    warnings: source.warnings.map((warning) => ({ ...warning, message: shown(warning.message) })),
  };
}

/** A recording's description and figures, for the number that it has here. */
export function recordedOf(run: number, recording: AnyRecording): Recorded {
  const about = aboutOf(recording);
  return {
    run,
    about,
    repeats: recording.repeats.map(repeatFacts),
    overview: isExperiment(recording) ? overviewOf({ ...recording, machine: about.machine }) : null,
  };
}

function repeatFacts({ wallNs, keptUntilNs, spanCounts, handoffs }: Repeat): RepeatFacts {
  const sum = (count: keyof SpanCounts) =>
    spanCounts.reduce((total, lane) => total + lane[count], 0);
  return { wallNs, keptUntilNs, spans: sum('kept'), dropped: sum('dropped'), handoffs };
}

function shownDescription({
  title,
  subtitle,
  label,
  lanes,
  locks,
}: Description): About['description'] {
  return {
    title: plainLine(title, TEXT_LENGTH),
    subtitle: plainLine(subtitle, TEXT_LENGTH),
    label: plainLine(label, TEXT_LENGTH),
    lanes: lanes.map((name) => plainLine(name, LANE_LENGTH)),
    locks,
  };
}

/** A machine, with texts that are fit to be shown. */
export function shownMachine(machine: Machine): Machine {
  const { cpu, os, runtime, kernel, governor } = machine;
  return {
    ...machine,
    cpu: plainLine(cpu, TEXT_LENGTH),
    os: plainLine(os, TEXT_LENGTH),
    runtime: plainLine(runtime, TEXT_LENGTH),
    kernel: plainLine(kernel, TEXT_LENGTH),
    governor: governor === null ? null : plainLine(governor, TEXT_LENGTH),
  };
}
