/**
 * Builds the kernel of src/workers/assembly twice into out/kernel, with and without relaxed SIMD.
 * Does nothing where the outputs are newer than all that they are made from.
 */
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = path.join(root, 'src/workers/assembly');
const target = path.join(root, 'out/kernel');

const builds = [
  { file: 'kernel.simd.wasm', features: 'simd,threads' },
  { file: 'kernel.relaxed.wasm', features: 'simd,threads,relaxed-simd' },
];

/** Most pages of 64 KiB that the memory may have: it must not be less than what main asks for. */
const MAXIMUM_PAGES = 65_536;

const options = [
  ['--runtime', 'stub'],
  ['--importMemory', '--noExportMemory', '--sharedMemory'],
  ['--initialMemory', '1', '--maximumMemory', String(MAXIMUM_PAGES)],
  ['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert'],
].flat();

/** When a file was last written, in ms; 0 where there is none. */
async function writtenAt(file) {
  const found = await stat(file).catch(() => undefined);
  return found?.mtimeMs ?? 0;
}

async function isFresh() {
  const names = (await readdir(sources)).filter((name) => name.endsWith('.ts'));
  const inputs = [...names.map((name) => path.join(sources, name)), fileURLToPath(import.meta.url)];
  const newestInput = Math.max(...(await Promise.all(inputs.map(writtenAt))));
  const outputs = builds.map(({ file }) => path.join(target, file));
  return Math.min(...(await Promise.all(outputs.map(writtenAt)))) > newestInput;
}

/** Compiles one build; AssemblyScript's own messages tell what is wrong where it fails. */
async function build({ file, features }) {
  // Only loaded where there is something to do, as it takes a second.
  const { main } = await import('assemblyscript/asc');
  const entry = path.relative(root, path.join(sources, 'index.ts'));
  const output = path.relative(root, path.join(target, file));
  const compilation = [entry, '--baseDir', root, '--outFile', output, '--enable', features];
  const { error, stdout, stderr } = await main([...compilation, ...options]);
  if (error) throw new Error(`${stdout}${stderr}${error.message}`);
  return (await stat(path.join(target, file))).size;
}

if (await isFresh()) {
  console.log('Kernel is up to date.');
} else {
  await mkdir(target, { recursive: true });
  const told = [];
  for (const each of builds) told.push(`${each.file} ${await build(each)} bytes`);
  console.log(`Kernel built: ${told.join(', ')}.`);
}
