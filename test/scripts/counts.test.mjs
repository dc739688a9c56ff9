import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addCounts,
  countPlaywright,
  countRun,
  countVitest,
  describeCounts,
  isGood,
} from '../../scripts/setup/counts.mjs';
import { useTemporaryFolder } from './temporary.mjs';

const own = useTemporaryFolder();

/** A test that passed, as Vitest reports it. */
function passed(fullName) {
  return { status: 'passed', fullName };
}

const vitestReport = {
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { name: '/here/test/a.test.ts', status: 'passed', assertionResults: [passed('adds')] },
    {
      name: '/here/test/b.test.ts',
      status: 'failed',
      assertionResults: [{ status: 'failed', fullName: 'subtracts' }, passed('adds')],
    },
  ],
};

const playwrightReport = {
  stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
  errors: [],
  suites: [
    {
      file: 'c.test.ts',
      specs: [{ title: 'opens', ok: true }],
      suites: [{ file: 'c.test.ts', specs: [{ title: 'closes', ok: false }] }],
    },
  ],
};

describe('the counts of a report', () => {
  it('are those of Vitest', () => {
    const failures = ['b.test.ts: subtracts'];
    expect(countVitest(vitestReport)).toEqual({ passed: 5, failed: 1, skipped: 3, failures });
  });

  it('have a test file that did not load for a failure', () => {
    const broken = { name: '/here/test/d.test.ts', status: 'failed', assertionResults: [] };
    const report = { ...vitestReport, testResults: [...vitestReport.testResults, broken] };
    expect(countVitest(report)).toMatchObject({
      failed: 2,
      failures: ['b.test.ts: subtracts', 'd.test.ts'],
    });
  });

  it('are those of Playwright, with errors outside tests', () => {
    const failures = ['c.test.ts: closes'];
    expect(countPlaywright(playwrightReport)).toEqual({
      passed: 5,
      failed: 1,
      skipped: 2,
      failures,
    });
    expect(countPlaywright({ ...playwrightReport, errors: [{}] }).failed).toBe(2);
  });
});

describe('a run', () => {
  const write = (text) => {
    const file = path.join(own.folder, 'report.json');
    writeFileSync(file, text);
    return file;
  };
  const good = JSON.stringify({
    ...playwrightReport,
    stats: { ...playwrightReport.stats, unexpected: 0 },
    suites: [],
  });

  it('counts what its report says', () => {
    expect(countRun(0, write(good), countPlaywright)).toEqual({
      passed: 5,
      failed: 0,
      skipped: 2,
      failures: [],
    });
    const failed = write(JSON.stringify(playwrightReport));
    expect(countRun(1, failed, countPlaywright).failed).toBe(1);
  });

  it('has failed when it ended badly though no test did', () => {
    expect(countRun(1, write(good), countPlaywright).failed).toBe(1);
  });

  it.each(['{"stats"', '{}'])('has failed when its report is %s', (text) => {
    const failure = { passed: 0, failed: 1, skipped: 0, failures: [] };
    expect(countRun(0, write(text), countPlaywright)).toEqual(failure);
  });

  it('has failed when it left no report', () => {
    expect(countRun(0, path.join(own.folder, 'none'), countPlaywright).failed).toBe(1);
  });
});

describe('the last lines', () => {
  it('adds all up', () => {
    const one = { passed: 1, failed: 2, skipped: 3, failures: ['a'] };
    expect(addCounts([one, one])).toEqual({
      passed: 2,
      failed: 4,
      skipped: 6,
      failures: ['a', 'a'],
    });
  });

  it('names skipped tests where there are any', () => {
    const none = { failures: [] };
    expect(describeCounts({ passed: 3, failed: 0, skipped: 0, ...none })).toBe(
      '3 passed, 0 failed',
    );
    expect(describeCounts({ passed: 3, failed: 1, skipped: 2, ...none })).toBe(
      '3 passed, 1 failed, 2 skipped',
    );
  });

  it('names what failed above the counts', () => {
    const counts = { passed: 3, failed: 2, skipped: 0, failures: ['a.test.ts: adds', 'b.test.ts'] };
    expect(describeCounts(counts)).toBe(
      'Failed: a.test.ts: adds\nFailed: b.test.ts\n3 passed, 2 failed',
    );
  });

  it('is good when tests passed and none failed', () => {
    expect(isGood({ passed: 1, failed: 0, skipped: 1 })).toBe(true);
    expect(isGood({ passed: 1, failed: 1, skipped: 0 })).toBe(false);
    expect(isGood({ passed: 0, failed: 0, skipped: 1 })).toBe(false);
  });
});
