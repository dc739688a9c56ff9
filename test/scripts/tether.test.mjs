import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { useTemporaryFolder } from './temporary.mjs';

const own = useTemporaryFolder();
const tether = path.resolve(import.meta.dirname, '../../scripts/setup/tether.mjs');

/** Starts a program on the tether, as the command line is started. */
function startProgram(lines, args) {
  const program = path.join(own.folder, 'program.mjs');
  writeFileSync(program, lines);
  const child = fork(tether, [program, ...args], { silent: true, execArgv: [] });
  const ended = new Promise((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  );
  return { program, child, ended };
}

it('shows the program its own command line, and ends with it', async () => {
  const lines = 'console.log(JSON.stringify(process.argv.slice(1))); process.exitCode = 3;';
  const { program, child, ended } = startProgram(lines, ['run', '--size', '8']);
  let printed = '';
  child.stdout.on('data', (text) => (printed += text));
  expect(await ended).toBe(3);
  expect(JSON.parse(printed)).toEqual([program, 'run', '--size', '8']);
});

it.each([
  ['by a signal', '', 'SIGTERM'],
  ['which it may take as one', 'process.once("SIGTERM", () => process.exit(7));', 7],
])('ends the program when the process that started it is gone, %s', async (_, line, end) => {
  const lines = `${line} console.log("on"); setInterval(() => {}, 1000);`;
  const { child, ended } = startProgram(lines, []);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.disconnect();
  expect(await ended).toBe(end);
});
