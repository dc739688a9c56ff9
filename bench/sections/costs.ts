import { formatNumber } from '../../src/base/units.js';
import { spreadText } from '../markdown.js';
import { spreadOf, type Spread } from '../measure/ratios.js';
import type { Section } from '../section.js';
import { measureLoops } from './costs-loops.js';
import { measureSchedulers } from './costs-schedulers.js';
import { measureSpans } from './costs-spans.js';
import { TASK_NS, measureTracing } from './costs-tracing.js';

/** What measuring, locking and scheduling cost. */
export const costs: Section = {
  title: 'Costs: of the clock, the lock, the recorder and the schedulers',
  async measure(context) {
    const { engine } = context;
    const loops = await measureLoops(context);
    const spans = await measureSpans(context);
    const tracing = await measureTracing(context);
    const schedulers = await measureSchedulers(context);
    const bareSpan = spans.find(({ mode }) => mode === 'none');
    if (bareSpan === undefined) throw new Error('spans are measured without a lock too');
    // A task without a lock has two.
    const recorderShare = scaled(bareSpan.ns, 2 / TASK_NS);
    const times: readonly (readonly [string, Spread, string])[] = [
      ['a reading of the clock', spreadOf(loops.clockRead), 'ns'],
      ['the mutex taken and given up, uncontended', spreadOf(loops.mutex), 'ns'],
      ['the lock of gil-switching, likewise', spreadOf(loops.switchingLock), 'ns'],
      ...spans.flatMap(
        ({ mode, ns, clockReads }) =>
          [
            [`a span under ${mode}, its share of clock and table included`, ns, 'ns'],
            ['the same in readings of the clock', clockReads, ''],
          ] as const,
      ),
      ['recording a task of 100 µs without a lock, two spans', scaled(recorderShare, 100), '%'],
      ['the same as measured: traced over untraced', scaled(tracing.excess, 100), '%'],
      ['a task through the executor', schedulers.executorTaskUs, 'µs'],
      ['a task through the shared counter (dynamic)', schedulers.dynamicTaskUs, 'µs'],
      ['equal tasks: dynamic over static', schedulers.dynamicOverStatic, ''],
    ];
    return {
      figures: {
        clockReadNs: spreadOf(loops.clockRead),
        clockStepNs: engine.machine.clock.stepNs,
        mutexNs: spreadOf(loops.mutex),
        switchingLockNs: spreadOf(loops.switchingLock),
        spans,
        recorderShareOfTask: recorderShare,
        tracedOverUntraced: tracing.ratio,
        ...schedulers,
      },
      tables: [
        {
          headings: ['What', 'median (min–max)', 'unit'],
          rows: times.map(([what, spread, unit]) => [what, spreadText(spread), unit]),
        },
      ],
      notes: [`The clock goes in steps of ${formatNumber(engine.machine.clock.stepNs)} ns.`],
    };
  },
};

function scaled({ median, min, max }: Spread, factor: number): Spread {
  return { median: factor * median, min: factor * min, max: factor * max };
}
