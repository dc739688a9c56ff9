import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { isBuilt } from '../../scripts/build.mjs';
import { useTemporaryFolder } from './temporary.mjs';

const own = useTemporaryFolder();
const before = new Date('2020-01-01');
const build = new Date('2020-01-02');
const after = new Date('2020-01-03');

const products = [
  'main/index.js',
  'main/cli.js',
  'main/lane.js',
  'preload/index.cjs',
  'renderer/index.html',
];
const kernels = ['kernel/kernel.simd.wasm', 'kernel/kernel.relaxed.wasm'];

/** Writes a file and has it, and the folders that it is in, changed at that time. */
function write(name, changed) {
  const file = path.join(own.folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  for (let entry = file; entry !== own.folder; entry = path.dirname(entry)) {
    utimesSync(entry, changed, changed);
  }
}

beforeEach(() => {
  for (const name of ['src/main/index.ts', 'src/base/units.ts', 'package.json']) {
    write(name, before);
  }
  for (const name of products) write(`out/${name}`, build);
  // Older than the sources, as a kernel that was fresh is.
  for (const name of kernels) write(`out/${name}`, new Date('2019-12-31'));
});

it('is built when all is there and newer than the sources', () => {
  expect(isBuilt(own.folder)).toBe(true);
});

it.each([...products, ...kernels])('is not built without %s', (name) => {
  rmSync(path.join(own.folder, 'out', name));
  expect(isBuilt(own.folder)).toBe(false);
});

it.each(['src/base/units.ts', 'package.json', 'electron.vite.config.ts', 'package-lock.json'])(
  'is not built when %s is newer',
  (name) => {
    write(name, after);
    expect(isBuilt(own.folder)).toBe(false);
  },
);

it('is not built when a source was removed since', () => {
  rmSync(path.join(own.folder, 'src/base/units.ts'));
  expect(isBuilt(own.folder)).toBe(false);
});
