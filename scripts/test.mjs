/**
 * `npm test`: sets up, builds, and runs every test: the unit tests, then the end-to-end tests in a
 * real window on a virtual display. Ends with one line that counts them all.
 */
import path from 'node:path';
import { build } from './build.mjs';
import { makeTemporaryFolder } from './setup/cache.mjs';
import {
  addCounts,
  countPlaywright,
  countRun,
  countVitest,
  describeCounts,
  isGood,
} from './setup/counts.mjs';
import { describe, say } from './setup/errors.mjs';
import { withHiddenWindows } from './setup/hidden-windows.mjs';
import { setUp } from './setup/index.mjs';
import { runScript } from './setup/main.mjs';
import { run } from './setup/processes.mjs';
import { projectFolder } from './setup/project.mjs';

/** @typedef {import('./setup/counts.mjs').Counts} Counts */

/** A step that failed as a whole. @type {Counts} */
const oneFailure = { passed: 0, failed: 1, skipped: 0, failures: [] };

await runScript(async () => {
  const counts = addCounts(await runStages());
  console.log(`\n${describeCounts(counts)}`);
  return isGood(counts) ? 0 : 1;
});

/** Runs all stages, each of which counts even if others fail. */
async function runStages() {
  const { folder, remove } = makeTemporaryFolder();
  const runtime = await attempt(() => setUp('test'));
  const built = await attempt(async () => {
    await build();
    return true;
  });
  const stages = [await countStage(() => testUnits(folder))];
  if (runtime === undefined || built === undefined) {
    say('The end-to-end tests were not run.');
    stages.push(oneFailure);
  } else {
    stages.push(await countStage(() => testEndToEnd(runtime.executable, folder)));
  }
  remove();
  return stages;
}

/**
 * Does a step that others can do without.
 * @template Result
 * @param {() => Promise<Result>} step
 * @returns {Promise<Result | undefined>} nothing where it failed, which is said
 */
async function attempt(step) {
  try {
    return await step();
  } catch (error) {
    say(describe(error));
    return undefined;
  }
}

/** @param {() => Promise<Counts>} stage */
async function countStage(stage) {
  return (await attempt(stage)) ?? oneFailure;
}

/**
 * Runs the unit tests.
 * @param {string} folder for the report
 * @returns {Promise<Counts>}
 */
async function testUnits(folder) {
  const report = path.join(folder, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = await runTool('vitest/vitest.mjs', ['run', ...reporters], {});
  return countRun(status, report, countVitest);
}

/**
 * Runs the end-to-end tests.
 * @param {string} executable Electron's
 * @param {string} folder for the report
 * @returns {Promise<Counts>}
 */
async function testEndToEnd(executable, folder) {
  const report = path.join(folder, 'playwright.json');
  const status = await withHiddenWindows(executable, (env) =>
    runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    }),
  );
  return countRun(status, report, countPlaywright);
}

/**
 * Runs a tool of node_modules, with this process's output.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit status
 */
async function runTool(program, args, env) {
  const file = path.join(projectFolder, 'node_modules', program);
  const { status } = await run(process.execPath, [file, ...args], {
    cwd: projectFolder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status;
}
