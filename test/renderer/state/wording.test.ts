import { describe, expect, it } from 'vitest';
import type { StreamMessage } from '../../../src/ipc/index.js';
import type { Progress } from '../../../src/experiment/progress.js';
import { selectedEntry } from '../../../src/renderer/state/run-state.js';
import {
  apartText,
  noticeText,
  failureText,
  fractionDone,
  headlineOf,
  lackInAll,
  lackingText,
  outcomeText,
  phaseText,
  rangeOf,
  sizeOf,
  spanOf,
  repeatText,
  tasksText,
  titleOf,
  wholeText,
} from '../../../src/renderer/state/wording.js';
import {
  defaultParameters,
  isEffective,
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ParameterName,
  type Parameters,
} from '../../../src/experiment/parameters.js';
import { smallRun } from '../../fixtures/parameters.js';
import { after, ended, overview, started, wholeRun } from '../messages.js';

const progress = (changes: Partial<Progress>): Progress => ({
  phase: 'repeating',
  repeat: 1,
  repeats: 3,
  tasksDone: 34,
  tasks: 100,
  ...changes,
});

describe('a run’s name', () => {
  it('is its lock and its scheduler', () => {
    expect(titleOf(smallRun({ lock: 'gil-held' }))).toBe('GIL held · Executor');
    expect(titleOf(smallRun({ scheduler: 'serial' }))).toBe('No lock · Serial');
  });

  it('is completed by its size', () => {
    expect(sizeOf(smallRun({ threads: 10, matrices: 2000 }))).toBe(
      '10 lanes · 2,000 matrices of 16\u00a0×\u00a016',
    );
    expect(sizeOf(smallRun({ scheduler: 'serial', workload: 'sleep' }))).toBe(
      '1 lane · 12 sleeps of 1,000\u00a0ms',
    );
  });
});

describe('what tells a run apart from others of its name and size', () => {
  const { maxIterations, epsilon, seed, repeats, warmup } = defaultParameters(2);
  const usual = { maxIterations, epsilon, seed, repeats, warmup };

  it('is nothing where all is as usual', () => {
    expect(apartText(smallRun({ ...usual, lock: 'gil-switching' }))).toBe('');
  });

  it('is each parameter that is not, in the order of the form', () => {
    const unusual = {
      seed: 7,
      switchIntervalMs: 0.5,
      interpreterUs: 10,
      epsilon: 1e-8,
      maxIterations: 2000,
    };
    const all = smallRun({ ...unusual, lock: 'gil-switching', convergence: 'sign-aware' });
    expect(apartText(all)).toBe(
      'seed 7 · interval 0.5 ms · interpreter 10 µs · ε 1e−8 · cap 2,000 · sign-aware · 2 repeats · 0 warm-ups',
    );
    expect(apartText(smallRun({ ...usual, repeats: 1, warmup: 2 }))).toBe('1 repeat · 2 warm-ups');
  });

  it('is in name, size or this, whichever parameter it is', () => {
    const run = smallRun({ ...usual, lock: 'gil-switching' });
    const told = (parameters: Parameters) =>
      [titleOf, sizeOf, apartText].map((text) => text(parameters)).join();
    for (const name of PARAMETER_NAMES) {
      const of = isEffective(name, run) ? run : { ...run, workload: 'sleep' as const };
      expect(told({ ...of, ...other(name) }), name).not.toBe(told(of));
    }
  });

  function other(name: ParameterName): Partial<Parameters> {
    const { fallback, ...specification } = SPECIFICATIONS[name];
    if (specification.type === 'number') return { [name]: specification.max };
    const value = Object.keys(specification.options).find((option) => option !== fallback);
    return { [name]: value };
  }

  it('is none that has no effect', () => {
    expect(apartText(smallRun({ ...usual, switchIntervalMs: 50 }))).toBe('');
    expect(apartText(smallRun({ ...usual, workload: 'sleep', seed: 7 }))).toBe('');
  });
});

describe('what went wrong', () => {
  it('begins with a capital letter', () => {
    const message = 'cannot write /tmp/a.csv: no such file or directory';
    expect(failureText({ message })).toBe('Cannot write /tmp/a.csv: no such file or directory');
    expect(failureText({ message: '' })).toBe('');
  });

  it('calls a parameter by its label, with its value and its range', () => {
    const message = 'switchIntervalMs is 0; it takes a number from 0.1 to 1,000';
    expect(failureText({ message, parameter: 'switchIntervalMs' })).toBe(
      'Switch interval (ms) is 0; it takes a number from 0.1 to 1,000',
    );
    expect(failureText({ message: 'The run needs more.', parameter: 'matrices' })).toBe(
      'The run needs more.',
    );
  });
});

describe('progress', () => {
  it.each([
    ['starting', 'Starting threads…', '', '34 of 100 threads'],
    ['generating', 'Generating matrices…', '', '34 of 100 matrices'],
    ['warming up', 'Warming up', 'Warm-up 2 of 3', '34 of 100 tasks'],
    ['repeating', 'Running', 'Repeat 2 of 3', '34 of 100 tasks'],
  ] as const)('is told while %s', (phase, said, repeat, counted) => {
    expect(phaseText(progress({ phase }))).toBe(said);
    expect(repeatText(progress({ phase }))).toBe(repeat);
    expect(tasksText(progress({ phase }))).toBe(counted);
  });

  it('is told before there is any', () => {
    expect(phaseText(null)).toBe('Starting…');
    expect(tasksText(null)).toBe('');
  });

  it('stands at its beginning until the first task, however many repeats there are', () => {
    for (const repeats of [1, 3, 100]) {
      const parameters = smallRun({ warmup: 1, repeats });
      const generated = progress({ phase: 'generating', repeat: 0, tasksDone: 100 });
      expect(fractionDone(generated, parameters)).toBeLessThan(0.05);
      const first = progress({ phase: 'warming up', repeat: 0, tasksDone: 0 });
      expect(fractionDone(first, parameters)).toBeLessThan(0.05);
      expect(
        fractionDone(progress({ repeat: 0, tasksDone: 0 }), { ...parameters, warmup: 0 }),
      ).toBeLessThan(0.05);
    }
  });

  it('only ever grows, from 0 to 1', () => {
    const parameters = smallRun({ warmup: 1, repeats: 2 });
    const steps = [
      null,
      progress({ phase: 'starting', repeat: 0, tasksDone: 50 }),
      progress({ phase: 'generating', repeat: 0, tasksDone: 10 }),
      progress({ phase: 'generating', repeat: 0, tasksDone: 100 }),
      progress({ phase: 'warming up', repeat: 0, tasksDone: 30 }),
      progress({ repeat: 0, tasksDone: 20 }),
      progress({ repeat: 1, tasksDone: 0 }),
      progress({ repeat: 1, tasksDone: 100 }),
    ].map((step) => fractionDone(step, parameters));
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(1);
  });
});

describe('what there is of a repeat', () => {
  it('is all of it but for what was dropped, or its beginning', () => {
    const whole = { dropped: 0, keptUntilNs: null };
    const texts = [whole, { ...whole, dropped: 1234 }, { dropped: 1234, keptUntilNs: 1.2e9 }].map(
      (view) => [wholeText(view), lackingText(view)],
    );
    expect(texts).toEqual([
      ['Whole repeat', ''],
      ['Whole repeat', '1,234 dropped spans are missing here'],
      ['The first 1.20 s', '1,234 spans, most of them later, are not kept'],
    ]);
  });

  it('lacks in all repeats what each of them lacks, cut where any is', () => {
    const repeat = { wallNs: 2e9, spans: 40, dropped: 6, keptUntilNs: null, handoffs: 0 };
    expect(lackInAll([repeat, { ...repeat, keptUntilNs: 1.2e9 }, repeat])).toEqual({
      dropped: 18,
      keptUntilNs: 1.2e9,
    });
    expect(lackInAll([repeat]).keptUntilNs).toBeNull();
  });
});

describe('what became of a run', () => {
  it('tells of dropped spans', () => {
    const figures = overview({ dropped: 3 });
    const entry = selectedEntry(after(started(4), ended(4, { overview: figures })));
    expect(entry && noticeText({ event: 'run ended', entry })).toMatch(
      /^Run 4 done: 2 repeats, .* spans, \d+ dropped$/,
    );
  });

  it('is said in the list where it is not done', () => {
    const on = selectedEntry(after(started(1)));
    const done = selectedEntry(after(...wholeRun(1)));
    const stopped = selectedEntry(after(started(1), ended(1, { outcome: 'stopped' })));
    expect(on && outcomeText(on)).toBe('measuring…');
    expect(done && outcomeText(done)).toBeNull();
    expect(stopped && outcomeText(stopped)).toBe('2 of 2 repeats');
    const none = ended(1, { outcome: 'stopped', overview: null });
    const one = selectedEntry(after(started(1, { walls: [1000] }), none));
    expect(one && outcomeText(one)).toBe('0 of 1 repeat');
  });
});

describe('the headline', () => {
  const headline = (...messages: readonly StreamMessage[]) => {
    const { lead, text } = headlineOf(selectedEntry(after(...messages)));
    return `${lead} ${text}`.trim();
  };

  it('says what was measured', () => {
    expect(headline()).toBe('No run yet');
    expect(headline(started(1))).toBe('No lock · Executor is being measured.');
    expect(headline(...wholeRun(1))).toBe('No lock: no lane waits for another.');
    expect(headline(...wholeRun(1, { parameters: { lock: 'gil-held' }, waitNs: 50 }))).toMatch(
      /^GIL held: \d+ % of lane time waits for the lock\.$/,
    );
    expect(headline(...wholeRun(1, { parameters: { lock: 'per-object' } }))).toBe(
      'Per object: 0 % of lane time waits for a lock.',
    );
  });

  it('says why there is nothing', () => {
    const failure = { message: 'Lane 1 died.' };
    const failed = ended(1, { outcome: 'failed', overview: null, failure });
    expect(headline(started(1), failed)).toBe('Failed: Lane 1 died.');
    expect(headline(started(1), ended(1, { outcome: 'stopped', overview: null }))).toBe(
      'Stopped: No repeat was completed.',
    );
  });
});

describe('ranges of time', () => {
  it('say their unit once', () => {
    expect(rangeOf(166e6, 171e6)).toBe('166 – 171 ms');
    expect(spanOf({ startNs: 12.4e6, endNs: 31.75e6 })).toBe('12.4 – 31.8 ms');
    expect(rangeOf(166.12e6, 166.41e6)).toBe('166.1 – 166.4 ms');
    expect(rangeOf(166e6, 166e6)).toBe('166 – 166 ms');
    expect(spanOf({ startNs: 0, endNs: 23.1e6 })).toBe('0 – 23.1 ms');
    expect(spanOf({ startNs: 1.5e6, endNs: 398e6 })).toBe('1.5 – 398 ms');
    expect(spanOf({ startNs: 0.0123e6, endNs: 398e6 })).toBe('0.012 – 398 ms');
    expect(spanOf({ startNs: 51_203_400, endNs: 51_205_100 })).toBe('51.20340 – 51.20510 ms');
  });
});
