/** Finds files that import each other, even if for a type alone: they cannot be read one by one. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** @typedef {ReadonlyMap<string, string>} Sources what is in each file, by its path from the root with `/` */

const SOURCE = /\.(ts|mts|js|mjs|svelte)$/;
const SCRIPT = /<script[^>]*>([\s\S]*?)<\/script>/g;

/**
 * Reads the sources in some folders of a project.
 * @param {string} root
 * @param {readonly string[]} folders
 * @returns {Sources}
 */
export function readSources(root, folders) {
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  return new Map(
    files.map((file) => [
      path.relative(root, file).replaceAll('\\', '/'),
      readFileSync(file, 'utf8'),
    ]),
  );
}

/**
 * Returns circles of imports: in each, every file imports the next, and the last the first. Every file
 * of a circle is in at least one of them.
 * @param {Sources} sources
 * @returns {string[][]}
 * @throws {Error} where a file imports one that should be among them and is not
 */
export function importCircles(sources) {
  const imports = new Map(
    [...sources].map(([file, text]) => [file, importsOf(sources, file, text)]),
  );
  const seen = new Set();
  return [...sources.keys()].flatMap((file) => {
    if (seen.has(file)) return [];
    const circle = shortestCircle(imports, file);
    for (const member of circle) seen.add(member);
    return circle.length === 0 ? [] : [circle];
  });
}

/**
 * Returns the shortest way from a file back to itself; empty where there is none.
 * @param {ReadonlyMap<string, readonly string[]>} imports
 * @param {string} start
 * @returns {string[]}
 */
function shortestCircle(imports, start) {
  /** @type {Map<string, string>} */
  const importedBy = new Map();
  const queue = [start];
  for (const file of queue) {
    for (const next of imports.get(file) ?? []) {
      if (next === start) return wayTo(importedBy, file);
      if (importedBy.has(next)) continue;
      importedBy.set(next, file);
      queue.push(next);
    }
  }
  return [];
}

/**
 * @param {ReadonlyMap<string, string>} importedBy
 * @param {string} end
 * @returns {string[]}
 */
function wayTo(importedBy, end) {
  const way = [end];
  for (let file = importedBy.get(end); file !== undefined; file = importedBy.get(file)) {
    way.unshift(file);
  }
  return way;
}

/**
 * Returns the sources that a file imports, types and dynamic imports included.
 * @param {Sources} sources
 * @param {string} file
 * @param {string} text
 * @returns {string[]}
 */
function importsOf(sources, file, text) {
  const { importedFiles } = ts.preProcessFile(scriptOf(file, text), true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .flatMap(({ fileName }) => resolve(sources, file, fileName) ?? []);
}

/**
 * Returns the script of a file: of a Svelte component, what is in its script elements.
 * @param {string} file
 * @param {string} text
 * @returns {string}
 */
function scriptOf(file, text) {
  if (!file.endsWith('.svelte')) return text;
  return [...text.matchAll(SCRIPT)].map(([, script]) => script).join('\n');
}

/**
 * Returns the source that a relative import is of, if it is of one. `x.js` may stand for `x.ts`, and in
 * AssemblyScript `x` does.
 * @param {Sources} sources
 * @param {string} file
 * @param {string} name
 * @returns {string | undefined}
 */
function resolve(sources, file, name) {
  const plain = path.posix.join(path.posix.dirname(file), name);
  const candidates = [plain.replace(/\.(m?)js$/, '.$1ts'), plain, `${plain}.ts`];
  const found = candidates.find((candidate) => sources.has(candidate));
  if (found === undefined && isOwnSource(sources, plain)) {
    throw new Error(`${file} imports ${name}, which does not exist`);
  }
  return found;
}

/**
 * Whether a path should be one of the sources: not of styles or data, nor of what is built.
 * @param {Sources} sources
 * @param {string} plain
 */
function isOwnSource(sources, plain) {
  const [folder] = plain.split('/');
  const isSource = SOURCE.test(plain) || path.posix.extname(plain) === '';
  return isSource && [...sources.keys()].some((file) => file.startsWith(`${folder}/`));
}
