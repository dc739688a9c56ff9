import { formatNumber } from '../../src/shared/units.js';
import { spreadText } from '../markdown.js';
import { ratioSpread, spreadOf, type Spread } from '../measure/ratios.js';
import type { Section } from '../section.js';
import { measureLoops } from './costs-loops.js';
import { measureSchedulers } from './costs-schedulers.js';
import { TASK_NS, measureTracing } from './costs-tracing.js';

/** What measuring, locking and scheduling cost. */
export const costs: Section = {
  title: 'Costs: of the clock, the lock, the recorder and the schedulers',
  async measure({ kernel, engine, pace }) {
    const loops = measureLoops(pace);
    const tracing = await measureTracing(kernel, pace);
    const schedulers = await measureSchedulers(engine, pace);
    const spans = Object.entries(loops.span).map(([mode, times]) => ({
      mode,
      ns: spreadOf(times),
      clockReads: ratioSpread(times, loops.clockRead),
    }));
    const recorderShare = spreadOf(loops.span.none.map((span) => (2 * span) / TASK_NS));
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
      ['recording a task of 100 µs without a lock, two spans', percent(recorderShare), '%'],
      ['the same as measured: traced over untraced', percent(tracing.excess), '%'],
      ['a task through the executor', schedulers.executorTaskUs, 'µs'],
      ['a task through the shared counter (dynamic)', schedulers.dynamicTaskUs, 'µs'],
      ['equal tasks: dynamic over static', schedulers.dynamicOverStatic, ''],
    ];
    return {
      figures: {
        clockReadNs: spreadOf(loops.clockRead),
        clockStepNs: loops.clockStepNs,
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
      notes: [`The clock goes in steps of ${formatNumber(loops.clockStepNs)} ns.`],
    };
  },
};

function percent({ median, min, max }: Spread): Spread {
  return { median: 100 * median, min: 100 * min, max: 100 * max };
}
