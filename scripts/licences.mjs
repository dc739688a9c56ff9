/** The licences of what is in the products: the packages that are bundled, compiled into the kernel, or beside it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from './setup/project.mjs';

/** @typedef {{ name: string, version: string, licence: string, text: string }} PackageLicence */

/** Where each build records the packages that it bundled: Vite's `build.license`. */
const BUNDLES = [
  'out/main/licences.json',
  'out/preload/licences.json',
  'out/renderer/licences.json',
];

/** Packages that products hold without a bundler: those that the run loads, and the kernel's own runtime. */
const OTHERS = ['piscina', '@napi-rs/nice', 'assemblyscript'];

/** Writes the licences of all packages in the products: to out/licences.json, and to out/licences.txt for readers. */
export function writeLicences() {
  /** @type {Map<string, PackageLicence>} */
  const all = new Map();
  for (const licence of [...BUNDLES.flatMap(readBundle), ...OTHERS.map(readPackage)]) {
    all.set(`${licence.name}@${licence.version}`, licence);
  }
  const sorted = [...all].sort(([one], [other]) => (one < other ? -1 : 1));
  const list = sorted.map(([, licence]) => licence);
  const texts = list.map(
    ({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}\n`,
  );
  writeFileSync(path.join(projectFolder, 'out/licences.json'), JSON.stringify(list, null, 1));
  writeFileSync(
    path.join(projectFolder, 'out/licences.txt'),
    texts.join(`\n${'-'.repeat(80)}\n\n`),
  );
}

/**
 * @param {string} file
 * @returns {PackageLicence[]}
 */
function readBundle(file) {
  /** @type {{ name: string, version: string, identifier?: string, text?: string }[]} */
  const entries = JSON.parse(readFileSync(path.join(projectFolder, file), 'utf8'));
  return entries.map(({ name, version, identifier = '', text = '' }) => ({
    name,
    version,
    licence: identifier,
    text,
  }));
}

/**
 * @param {string} name
 * @returns {PackageLicence}
 */
function readPackage(name) {
  const folder = path.join(projectFolder, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((entry) => /^(licen[cs]e|notice)/i.test(entry));
  const texts = files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  return { name, version, licence: license, text: texts.join('\n\n') };
}
