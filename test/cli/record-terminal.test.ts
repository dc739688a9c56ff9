import { resolve } from 'node:path';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandOf, ENVIRONMENT } from '../fixtures/command-line.js';
import { HAS_TERMINALS, Shell } from '../fixtures/shell.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

/** Counts interruptions and goes on until it has been told a name. */
const PROGRAM = `
import select, signal
count = 0
def interrupted(*_):
    global count
    count += 1
    print('interruption', count, flush=True)
signal.signal(signal.SIGINT, interrupted)
print('who? ', flush=True)
# A blocking read would miss an interruption that comes just before it.
while not select.select([0], [], [], 0.05)[0]:
    pass
print('hello', input(), count)
raise SystemExit(6)
`;

let folder: string;
eachInFolder((made) => {
  folder = made;
});

const entry = resolve('out/main/cli.js');
const direct = commandOf([]);
const launched = [process.execPath, resolve('test/fixtures/launching.mjs'), entry];

describe.skipIf(!HAS_TERMINALS).each([
  ['as a command', direct],
  ['by the project’s scripts', launched],
] as const)('a program that is recorded in a shell, %s', (_, command) => {
  let shell: Shell;

  beforeEach(async () => {
    shell = new Shell(ENVIRONMENT);
    await shell.prompt();
  });

  afterEach(async () => {
    await shell.close();
  });

  it('reads what is typed, is interrupted once, and is stopped and continued as without us', async () => {
    const program = join(folder, 'program.py');
    writeFileSync(program, PROGRAM);
    const words = [...command, 'record', '--', '/usr/bin/python3', program];
    shell.type(`${words.map((word) => `'${word}'`).join(' ')}\r`);
    await shell.until(/who\? /);
    shell.type('\u0003');
    await shell.until(/interruption 1/);
    shell.type('\u001a');
    await shell.until(/Stopped/);
    await shell.prompt();
    expect(await shell.run('echo $((6 * 7))')).toBe('42\r\n');
    shell.type('fg\r');
    await shell.until(/record/);
    shell.type('you\r');
    await shell.until(/hello you 1/);
    await shell.until(/Threads, each/);
    await shell.prompt();
    expect(await shell.run('echo $?')).toBe('6\r\n');
  });
});
