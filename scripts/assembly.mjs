/**
 * Compiles a folder of AssemblyScript twice, with and without relaxed SIMD, and only where the
 * outputs were made from other sources.
 */
import { existsSync, rmSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprintOf, readFingerprint, recordFingerprint } from './fingerprint.mjs';

/**
 * @typedef {object} Assembly
 * @property {string} name the outputs are `<name>.simd.wasm` and `<name>.relaxed.wasm`
 * @property {readonly string[]} sources folders, in the project's; the first has index.ts
 * @property {string} target the folder of the outputs, in the project's
 */

/** Each build's ending and what it may use. */
const builds = [
  { ending: 'simd.wasm', features: 'simd,threads' },
  { ending: 'relaxed.wasm', features: 'simd,threads,relaxed-simd' },
];

/** Most pages of 64 KiB that the memory may have: it must not be less than what main asks for. */
const MAXIMUM_PAGES = 65_536;

const options = [
  ['--runtime', 'stub'],
  ['--importMemory', '--noExportMemory', '--sharedMemory'],
  ['--initialMemory', '1', '--maximumMemory', String(MAXIMUM_PAGES)],
  ['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert'],
].flat();

/**
 * The benches' loops that say what the machine can do at most; they share the kernel's arithmetic.
 * @type {Assembly}
 */
export const LIMITS = {
  name: 'limits',
  sources: ['bench/assembly', 'src/engine/kernel'],
  target: 'out/bench',
};

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Compiles what is not up to date.
 * @param {Assembly} assembly
 * @returns {Promise<string>} what was done, in a sentence
 */
export async function ensureAssembly(assembly) {
  const { name, sources, target } = assembly;
  const record = path.join(root, target, `${name}.sources.sha256`);
  const fingerprint = fingerprintOf(root, [...sources, 'scripts/assembly.mjs']);
  const outputs = builds.map(({ ending }) => path.join(root, target, `${name}.${ending}`));
  if (outputs.every((file) => existsSync(file)) && readFingerprint(record) === fingerprint) {
    return `${name}: up to date.`;
  }
  rmSync(record, { force: true });
  await mkdir(path.join(root, target), { recursive: true });
  const told = [];
  for (const build of builds) told.push(await compile(assembly, build));
  recordFingerprint(record, fingerprint);
  return `${name}: built ${told.join(', ')}.`;
}

/**
 * Compiles one build; AssemblyScript's own messages tell what is wrong where it fails.
 * @param {Assembly} assembly
 * @param {typeof builds[number]} build
 * @returns {Promise<string>} the file and its size
 */
async function compile({ name, sources: [folder = ''], target }, { ending, features }) {
  // Only loaded where there is something to do, as it takes a second.
  const { main } = await import('assemblyscript/asc');
  const file = `${name}.${ending}`;
  const output = path.join(target, file);
  const compilation = [`${folder}/index.ts`, '--baseDir', root, '--outFile', output];
  const { error, stdout, stderr } = await main([
    ...compilation,
    ...['--enable', features],
    ...options,
  ]);
  if (error) throw new Error(`${stdout}${stderr}${error.message}`);
  return `${file} ${(await stat(path.join(root, output))).size} bytes`;
}
