import { describe, expect, it } from 'vitest';
import { comparisonMarkdown } from '../../src/experiment/comparison-markdown.js';
import { comparisonText } from '../../src/cli/comparison-text.js';
import { ProgressLine, progressText } from '../../src/cli/progress-line.js';
import { runText } from '../../src/cli/run-text.js';
import { alignTable } from '../../src/base/text-table.js';
import { comparisonOf } from '../../src/experiment/comparison.js';
import { comparedParameters } from '../../src/experiment/variants.js';
import { machineLine } from '../../src/experiment/labels.js';
import { overviewOf } from '../../src/experiment/report.js';
import { smallRun } from '../fixtures/parameters.js';
import { MACHINE, recordOf } from '../fixtures/records.js';

describe('a table', () => {
  it('has its columns aligned', () => {
    const rows = [
      ['lane', 'tasks'],
      ['0', '1,234'],
      ['long name', '7'],
    ];
    expect(alignTable(rows, ['left', 'right'])).toEqual([
      'lane       tasks',
      '0          1,234',
      'long name      7',
    ]);
  });

  it('has no spaces at the ends of lines, and none for missing cells', () => {
    expect(alignTable([['a'], ['bb', 'c']], ['left', 'left'])).toEqual(['a', 'bb  c']);
  });
});

describe('the report of a run', () => {
  it('reads well', () => {
    const record = recordOf({
      walls: [2_000_000, 2_020_000, 1_990_000, 2_000_000, 2_000_000, 2_000_000],
      parameters: { lock: 'gil-switching', scheduler: 'static' },
      waitNs: 40,
      handoffs: 8,
      capped: 2,
    });
    expect(runText(overviewOf(record))).toMatchInlineSnapshot(`
      "Power method: 12 matrices of 16 × 16, seed 42, ε 1e-10, at most 200 iterations, strict test
      Static, 2 threads, lock: GIL switching (switch interval 5 ms); repeats: 6, warm-up: 0
      Abacus 9000, 2 logical cores, governor performance, turbo; Node 20.20.2, V8 11.3; kernel: relaxed SIMD

      Wall time     2.00 ms median, 1.99 ms min, 2.02 ms max, 95 % interval 1.99 ms to 2.02 ms
      Throughput    6,000 tasks/s, 39,000 iterations/s
      Arithmetic    0.0230 GFLOP/s
      Convergence   2 of 12 tasks did not converge (strict test)
      Lock waiting  0.0 % of the lanes’ time
      Hand-offs     8

      Lanes, each figure the median of the repeats
      Lane  Tasks  Compute    Wait    Hold  Sleep     Idle  Queued  Spans  Dropped
         0      6   360 ns  240 ns  360 ns   0 ns  2.00 ms       –     24        0
         1      6   360 ns  240 ns  360 ns   0 ns  2.00 ms       –     24        0

      Warnings
        2 of 12 tasks did not converge within 200 iterations (strict). Under the strict test a negative dominant eigenvalue never converges: choose the sign-aware test.
      "
    `);
  });

  it.each([
    [[2e6, 2.1e6, 2.2e6], '2.10 ms median, 2.00 ms min, 2.20 ms max of 3 repeats'],
    [[2e6], '2.00 ms median, 2.00 ms min, 2.00 ms max of 1 repeat'],
  ])('of %j, too few repeats, gives their range and no 95 %% interval', (walls, figure) => {
    const text = runText(overviewOf(recordOf({ walls })));
    expect(text).toContain(`Wall time     ${figure}\n`);
    expect(text).not.toMatch(/95 % interval \d/);
  });

  it('of one of each does not speak of several', () => {
    const single = { matrices: 1, maxIterations: 1, threads: 1 };
    const text = runText(overviewOf(recordOf({ parameters: single, walls: [2e6], capped: 1 })));
    expect(text).toContain('Power method: 1 matrix of 16 × 16');
    expect(text).toContain('at most 1 iteration, strict test\n');
    expect(text).toContain('1 of 1 task did not converge (strict test)');
    expect(text).toContain('1 of 1 task did not converge within 1 iteration (strict).');
    const sleep = { ...single, workload: 'sleep', sleepMs: 2 } as const;
    expect(runText(overviewOf(recordOf({ parameters: sleep })))).toContain('1 sleep of 2 ms');
  });

  it('has the interpreter’s time where there is any', () => {
    const text = (interpreterUs: number) =>
      runText(overviewOf(recordOf({ parameters: { interpreterUs } })));
    expect(text(10)).toContain(
      'at most 200 iterations with 10 µs of interpreter work each, strict test\n',
    );
    expect(text(0)).toContain('at most 200 iterations, strict test\n');
  });

  it('of sleeping has nothing of matrices', () => {
    const sleeping = recordOf({ parameters: { workload: 'sleep', sleepMs: 2.5 } });
    const text = runText(overviewOf(sleeping));
    expect(text).toContain('12 sleeps of 2.5 ms');
    expect(text).not.toMatch(/GFLOP|iterations|cap/);
  });
});

describe('the report of a comparison', () => {
  it('reads well', () => {
    const parameters = comparedParameters(smallRun({ repeats: 3 }));
    const walls = (wall: number) => [wall, wall, wall * 1.01].map(Math.round);
    const comparison = comparisonOf({
      serial: recordOf({ parameters: parameters.serial, walls: walls(4e6), capped: 1 }),
      static: recordOf({ parameters: parameters.static, walls: walls(2e6), capped: 1 }),
      executor: recordOf({ parameters: parameters.executor, walls: walls(2.2e6), capped: 1 }),
      gilHeld: recordOf({
        parameters: parameters.gilHeld,
        walls: [4e6, 5e6, 4e6],
        waitNs: 50,
        capped: 1,
      }),
    });
    expect(comparisonMarkdown(comparison)).toMatchInlineSnapshot(`
      "Power method: 12 matrices of 16 × 16, seed 42, ε 1e-10, at most 200 iterations, strict test; repeats: 3, warm-up: 0, in random order.

      Abacus 9000, 2 logical cores, governor performance, turbo; Node 20.20.2, V8 11.3; kernel: relaxed SIMD; Linux 6.1.

      | run | median wall time | range of 3 | speed-up | range of 3 | efficiency | waiting |
      | :--- | ---: | ---: | ---: | ---: | ---: | ---: |
      | Serial, 1 thread, lock: None | 4.00 ms | 4.00 ms to 4.04 ms | 1.00× | 1.00 to 1.00 | 100 % | 0 % |
      | Static, 2 threads, lock: None | 2.00 ms | 2.00 ms to 2.02 ms | 2.00× | 2.00 to 2.00 | 100 % | 0 % |
      | Executor, 2 threads, lock: None | 2.20 ms | 2.20 ms to 2.22 ms | 1.82× | 1.82 to 1.82 | 91 % | 0 % |
      | Executor, 2 threads, lock: GIL held | 4.00 ms | 4.00 ms to 5.00 ms | 1.00× | 0.800 to 1.01 | 50 % | 0.0 % |

      Without a lock 2 threads are 1.82× as fast as one. With the GIL held they are 1.00× as fast as one, and wait 0.0 % of the time. The lock takes away what the threads gain.

      - 1 of 12 tasks did not converge within 200 iterations (strict). Under the strict test a negative dominant eigenvalue never converges: choose the sign-aware test.
      - Of 3 repeats there is no 95 % interval, only their range: repeat at least 6 times.
      - Executor, 2 threads, lock: GIL held: Wall times spread over 25 % of their median: repeat more often, or on a quieter machine.
      "
    `);
    expect(comparisonText(comparison)).toMatchInlineSnapshot(`
      "Power method: 12 matrices of 16 × 16, seed 42, ε 1e-10, at most 200 iterations, strict test
      repeats: 3, warm-up: 0
      Abacus 9000, 2 logical cores, governor performance, turbo; Node 20.20.2, V8 11.3; kernel: relaxed SIMD

                                           Wall time          range of 3  Speed-up     range of 3  Waiting
      Serial, 1 thread, lock: None           4.00 ms  4.00 ms to 4.04 ms     1.00×   1.00 to 1.00      0 %
      Static, 2 threads, lock: None          2.00 ms  2.00 ms to 2.02 ms     2.00×   2.00 to 2.00      0 %
      Executor, 2 threads, lock: None        2.20 ms  2.20 ms to 2.22 ms     1.82×   1.82 to 1.82      0 %
      Executor, 2 threads, lock: GIL held    4.00 ms  4.00 ms to 5.00 ms     1.00×  0.800 to 1.01    0.0 %

      Without a lock 2 threads are 1.82× as fast as one. With the GIL held they are 1.00× as fast as one, and wait 0.0 % of the time. The lock takes away what the threads gain.

      Warnings
        1 of 12 tasks did not converge within 200 iterations (strict). Under the strict test a negative dominant eigenvalue never converges: choose the sign-aware test.
        Of 3 repeats there is no 95 % interval, only their range: repeat at least 6 times.
        Executor, 2 threads, lock: GIL held: Wall times spread over 25 % of their median: repeat more often, or on a quieter machine.
      "
    `);
  });
});

describe('progress', () => {
  const progress = { repeat: 1, repeats: 3, tasksDone: 459, tasks: 1000 };

  it('is said in words', () => {
    expect(progressText({ phase: 'repeating', ...progress })).toBe('repeating 2 of 3: 45 %');
    expect(progressText({ phase: 'generating', ...progress })).toBe('generating: 45 %');
    expect(progressText({ phase: 'starting', ...progress })).toBe('starting: 45 %');
  });

  it('goes to a terminal and to nothing else', () => {
    const written: string[] = [];
    const write = (text: string) => written.push(text);
    for (const isTTY of [false, true]) {
      const line = new ProgressLine({ isTTY, write });
      line.show({ phase: 'repeating', ...progress }, 'Serial: ');
      line.clear();
    }
    expect(written).toEqual(['\r\u001b[KSerial: repeating 2 of 3: 45 %', '\r\u001b[K']);
  });

  it('is cut where the terminal is narrow, as one line alone can be emptied', () => {
    const written: string[] = [];
    const write = (text: string) => written.push(text);
    for (const columns of [20, 0]) {
      const line = new ProgressLine({ isTTY: true, columns, write });
      line.show({ phase: 'repeating', ...progress }, 'Serial: ');
    }
    // A terminal that does not know its width says 0.
    expect(written).toEqual([
      '\r\u001b[KSerial: repeating 2',
      '\r\u001b[KSerial: repeating 2 of 3: 45 %',
    ]);
  });
});

describe('the machine', () => {
  it('is told with what of it may be used, and what its cores are like', () => {
    const host = {
      logicalCores: 6,
      machineCores: 16,
      physicalCores: 3,
      quotaCores: 1.5,
      usableCores: 1.5,
    };
    const line = machineLine({
      ...{ ...MACHINE, ...host },
      coreKinds: [
        { kind: 'fast', cores: 4 },
        { kind: 'slow', cores: 2 },
      ],
      ...{ memoryLimitBytes: 7e8, virtual: true, governor: 'powersave', turbo: false },
    });
    expect(line).toBe(
      'Abacus 9000, 6 of 16 logical cores, two threads a core (SMT), 4 fast, 2 slow, a quota of 1.5 cores, ' +
        'a memory limit of 700 MB, virtual machine, governor powersave, no turbo; ' +
        'Node 20.20.2, V8 11.3; kernel: relaxed SIMD',
    );
  });

  it('is told without what is not known, and what goes without saying', () => {
    const unknown = { physicalCores: null, virtual: null, governor: null, turbo: null };
    expect(machineLine({ ...MACHINE, ...unknown, logicalCores: 1, machineCores: 1 })).toBe(
      'Abacus 9000, 1 logical core; Node 20.20.2, V8 11.3; kernel: relaxed SIMD',
    );
  });
});
