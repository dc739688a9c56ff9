/** Counts tests by the reports that the test runners write, into the one line that ends a test run. */
import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * What is read of a report of vitest's `json` reporter.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number,
 *   numTodoTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} VitestReport
 */

/**
 * What is read of a report of Playwright's `json` reporter.
 * @typedef {{ stats: { expected: number, flaky: number, unexpected: number, skipped: number },
 *   errors: unknown[] }} PlaywrightReport
 */

/**
 * Counts by a report of Vitest's `json` reporter.
 * @param {VitestReport} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const failed = report.numFailedTests;
  // A file that could not be loaded, or whose hooks failed, has failed without a failed test.
  const broken = report.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: failed + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Counts by a report of Playwright's `json` reporter.
 * @param {PlaywrightReport} report
 * @returns {Counts}
 */
export function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * Counts what a runner did. Without a report it crashed, which is a failure; so is a status other
 * than 0 that no failed test explains.
 * @template Report
 * @param {number} status what the runner ended with
 * @param {string} file its report
 * @param {(report: Report) => Counts} count
 * @returns {Counts}
 */
export function countRun(status, file, count) {
  const counts = readCounts(file, count) ?? { passed: 0, failed: 1, skipped: 0 };
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * @template Report
 * @param {string} file
 * @param {(report: Report) => Counts} count
 * @returns {Counts | undefined} nothing where there is no report, or half of one
 */
function readCounts(file, count) {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Adds counts up.
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export function addCounts(all) {
  const sum = (/** @type {keyof Counts} */ key) => all.reduce((total, one) => total + one[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/**
 * The line that ends a test run.
 * @param {Counts} counts
 * @returns {string}
 */
export function describeCounts({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

/**
 * Whether a test run is good: there were tests, and none failed.
 * @param {Counts} counts
 * @returns {boolean}
 */
export function isGood({ passed, failed }) {
  return passed > 0 && failed === 0;
}
