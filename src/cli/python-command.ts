import { version } from '../../package.json';
import type { Engine } from '../engine/index.js';
import { configurationLabel } from '../experiment/labels.js';
import type { Parameters } from '../experiment/parameters.js';
import { PYTHON_VARIANT_FACTS } from '../experiment/python-variants.js';
import {
  comparePython,
  PythonSession,
  recordVariants,
  type PythonComparisonOutcome,
} from '../interpreter/index.js';
import { refuseOtherSystems } from '../python/open-python.js';
import type { CommandAction, CommandContext } from './commands.js';
import { failureOf, RefusedError } from './failures.js';
import { findingsOf } from './findings.js';

/** What `compare --python` needs beside what commands work with. */
export interface ComparedPython {
  /** The Python, by its path or its name on the path. */
  readonly path: string;
  /** The built sampler; null where what the Python does is not to be recorded. */
  readonly sampler: URL | null;
  /** Says a line on standard error. */
  readonly say: (line: string) => void;
}

/** Makes `compare --python`: the same matrices in a Python and by Gilscope, interleaved. */
export function compareWith(python: ComparedPython): CommandAction {
  const { path } = python;
  if (path === '') throw new RefusedError(['--python needs the path of a Python']);
  return async (parameters, context) => {
    const { engine, signal, progress, part } = context;
    try {
      progress.say(`starting ${path}`);
      using session = await PythonSession.start(path, parameters.threads, signal);
      const compared = await measure(engine, session, parameters, context);
      const recorded = await record(session, parameters, compared, context, python);
      const file = {
        kind: 'python-comparison',
        recordings: [...compared.recordings, ...recorded.recordings],
        python: recorded.measured,
        ...{ created: new Date().toISOString(), note: '', version },
      } as const;
      return findingsOf(file, part);
    } finally {
      progress.clear();
    }
  };
}

function measure(
  engine: Engine,
  session: PythonSession,
  parameters: Parameters,
  { signal, progress }: CommandContext,
) {
  const roundText = (round: number) => `round ${round + 1} of ${parameters.repeats}`;
  return comparePython(engine, session, parameters, {
    signal,
    listener: {
      onPreparing: () => {
        progress.say(`${session.path}: making matrices and compiling`);
      },
      onPython: (variant, round) => {
        progress.say(`${roundText(round)}, ${PYTHON_VARIANT_FACTS[variant].label}`);
      },
      onOwn: (own, round, now) => {
        progress.show(now, `${roundText(round)}, ${configurationLabel(own)}: `);
      },
    },
  });
}

/** Records what the Python does. Where that cannot be, a line says why, and what was measured is kept. */
async function record(
  session: PythonSession,
  parameters: Parameters,
  compared: PythonComparisonOutcome,
  { engine, signal, progress }: CommandContext,
  { sampler, say }: ComparedPython,
) {
  if (sampler === null) return { recordings: [], measured: compared.measured };
  try {
    refuseOtherSystems(process.platform, process.arch);
    return await recordVariants(session, parameters, compared.measured, {
      ...{ sampler, signal, machine: engine.machine },
      onVariant: (variant) => {
        progress.say(`recording ${PYTHON_VARIANT_FACTS[variant].label}`);
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    progress.clear();
    say(`what the Python did is not recorded: ${failureOf(error).lines.join('; ')}`);
    return { recordings: [], measured: compared.measured };
  }
}
