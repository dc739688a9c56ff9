/** Counts tests by the reports that the test runners write, for the lines that end a test run. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * `failures` names what failed, as far as a report names it.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Counts
 */

/**
 * What is read of a report of vitest's `json` reporter.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number,
 *   numTodoTests: number, testResults: VitestFile[] }} VitestReport
 * @typedef {{ name: string, status: string, assertionResults: { status: string, fullName: string }[] }} VitestFile
 */

/**
 * What is read of a report of Playwright's `json` reporter.
 * @typedef {{ stats: { expected: number, flaky: number, unexpected: number, skipped: number },
 *   errors: unknown[], suites: PlaywrightSuite[] }} PlaywrightReport
 * @typedef {{ file: string, suites?: PlaywrightSuite[], specs: { title: string, ok: boolean }[] }} PlaywrightSuite
 */

/**
 * Counts by a report of Vitest's `json` reporter.
 * @param {VitestReport} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const failures = report.testResults.flatMap(failuresOfFile);
  return {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

/**
 * Names what failed in a file. A file that could not be loaded, or whose hooks failed, has failed
 * without a failed test.
 * @param {VitestFile} file
 * @returns {string[]}
 */
function failuresOfFile({ name, status, assertionResults }) {
  const file = path.basename(name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [file];
  return failed.map(({ fullName }) => `${file}: ${fullName}`);
}

/**
 * Counts by a report of Playwright's `json` reporter.
 * @param {PlaywrightReport} report
 * @returns {Counts}
 */
export function countPlaywright({ stats, errors, suites }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: suites.flatMap(failuresOfSuite),
  };
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {string[]}
 */
function failuresOfSuite({ file, suites, specs }) {
  const failed = specs.filter(({ ok }) => !ok).map(({ title }) => `${file}: ${title}`);
  return [...failed, ...(suites ?? []).flatMap(failuresOfSuite)];
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
  const counts = readCounts(file, count) ?? { passed: 0, failed: 1, skipped: 0, failures: [] };
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
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    all.reduce((total, one) => total + one[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    failures: all.flatMap(({ failures }) => failures),
  };
}

/**
 * The lines that end a test run: what failed, by name, and last the counts.
 * @param {Counts} counts
 * @returns {string}
 */
export function describeCounts({ passed, failed, skipped, failures }) {
  const counts = `${passed} passed, ${failed} failed`;
  return [
    ...failures.map((name) => `Failed: ${name}`),
    skipped > 0 ? `${counts}, ${skipped} skipped` : counts,
  ].join('\n');
}

/**
 * Whether a test run is good: there were tests, and none failed.
 * @param {Counts} counts
 * @returns {boolean}
 */
export function isGood({ passed, failed }) {
  return passed > 0 && failed === 0;
}
