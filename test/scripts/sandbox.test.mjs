import { expect, it } from 'vitest';
import { whyNoSandbox } from '../../scripts/setup/sandbox.mjs';

const facts = { isLinux: true, isRoot: false, hasHelper: false, hasNamespaces: false };

it.each([
  ['with namespaces', { ...facts, hasNamespaces: true }, true],
  ['with a set-uid helper', { ...facts, hasHelper: true }, true],
  ['with neither', facts, false],
  ['as root, whatever there is', { ...facts, isRoot: true, hasHelper: true }, false],
  ['on another system', { ...facts, isLinux: false }, true],
])('the sandbox %s', (_, given, works) => {
  expect(whyNoSandbox(given) === undefined).toBe(works);
});
