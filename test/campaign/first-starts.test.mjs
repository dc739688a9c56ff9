import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import { PRODUCTS } from '../../scripts/build.mjs';
import { useTemporaryCache } from '../scripts/temporary.mjs';

/**
 * Several first starts at once, on a project of which nothing is built, with a cache of their own. The
 * scripts are the real ones; Electron is Node.js, and the tools that build note that they ran.
 */

const own = useTemporaryCache();
const project = (...parts) => path.join(own.folder, 'project', ...parts);

function write(name, contents) {
  mkdirSync(path.dirname(project(name)), { recursive: true });
  writeFileSync(project(name), contents);
}

/** A tool that writes what a build makes, as soon as the test lets it. */
const builder = `
import { appendFileSync, existsSync, mkdirSync, watch, writeFileSync } from 'node:fs';
appendFileSync('builds', 'built\\n');
while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 20));
for (const name of ${JSON.stringify(PRODUCTS)}) {
  mkdirSync(name.slice(0, name.lastIndexOf('/')), { recursive: true });
  writeFileSync(name, 'console.log("ran " + process.argv[2]);');
}`;

beforeEach(() => {
  cpSync(path.resolve('scripts'), project('scripts'), { recursive: true });
  write('package.json', '{"type":"module"}');
  write('src/main/index.ts', '// a source');
  write('scripts/build-kernel.mjs', '');
  write('scripts/write-licences.mjs', '');
  write('node_modules/electron/package.json', '{"version":"1.2.3"}');
  write('node_modules/electron-vite/bin/electron-vite.js', builder);
  write('node_modules/electron-vite/package.json', '{"type":"module"}');
  mkdirSync(project('electron'));
  symlinkSync(process.execPath, project('electron', 'electron'));
});

/** Starts the command line as a user does; gives the process, what it has said, and its end. */
function start(word) {
  const env = {
    ...process.env,
    XDG_CACHE_HOME: own.folder,
    ELECTRON_OVERRIDE_DIST_PATH: project('electron'),
  };
  const child = spawn(process.execPath, [project('scripts', 'gilscope.mjs'), word], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  let said = '';
  child.stderr.on('data', (piece) => (said += piece));
  const ended = Promise.all([once(child, 'exit'), text(child.stdout)]).then(([[code], stdout]) => ({
    code,
    stdout,
  }));
  return { child, ended, said: () => said };
}

/** Waits until each start builds or waits for the one that does; gives that one first. */
async function untilOneBuilds(starts) {
  const isAtIt = ({ said }) =>
    said().includes('Building Gilscope.') && existsSync(project('builds'));
  const waits = ({ said }) => said().includes('Another build is under way');
  while (!starts.every((one) => isAtIt(one) || waits(one))) {
    await Promise.race(starts.map(({ child }) => once(child.stderr, 'data')));
    while (
      starts.some(({ said }) => said().includes('Building')) &&
      !existsSync(project('builds'))
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  return [...starts.filter(isAtIt), ...starts.filter(waits)];
}

const builds = () => readFileSync(project('builds'), 'utf8').split('\n').length - 1;

describe.skipIf(process.platform === 'win32')('three first starts at once', () => {
  it('build once, and all end well; the next one builds nothing, whatever the files’ times', async () => {
    const starts = ['one', 'two', 'three'].map(start);
    await untilOneBuilds(starts);
    writeFileSync(project('go'), '');
    const ends = await Promise.all(starts.map(({ ended }) => ended));
    expect(ends).toEqual(
      ['one', 'two', 'three'].map((word) => ({ code: 0, stdout: `ran ${word}\n` })),
    );
    expect(builds()).toBe(1);
    utimesSync(project('src/main/index.ts'), new Date('2200-01-01'), new Date('2200-01-01'));
    expect(await start('four').ended).toEqual({ code: 0, stdout: 'ran four\n' });
    expect(builds()).toBe(1);
  });

  it('all end well but the one that builds, where that is killed', async () => {
    const [first, ...others] = await untilOneBuilds(['one', 'two', 'three'].map(start));
    first.child.kill('SIGKILL');
    writeFileSync(project('go'), '');
    const ends = await Promise.all(others.map(({ ended }) => ended));
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    expect(await first.ended).toEqual({ code: null, stdout: '' });
  });

  it('end by a signal at once, also while they wait', async () => {
    const [first, second, third] = await untilOneBuilds(['one', 'two', 'three'].map(start));
    second.child.kill('SIGTERM');
    third.child.kill('SIGINT');
    expect(await second.ended).toEqual({ code: 143, stdout: '' });
    expect(await third.ended).toEqual({ code: 130, stdout: '' });
    first.child.kill('SIGHUP');
    expect(await first.ended).toEqual({ code: 129, stdout: '' });
    writeFileSync(project('go'), '');
    expect((await start('four').ended).code).toBe(0);
  });
});
