import { describe, expect, it } from 'vitest';
import { importCircles } from '../../scripts/import-circles.mjs';

/** The circles of files that hold these texts. */
const circlesOf = (texts) => importCircles(new Map(Object.entries(texts)));

describe('circles of imports', () => {
  it('are none where data flows one way', () => {
    expect(
      circlesOf({
        'src/a.ts': "import { b } from './b.js'; import type { C } from './deep/c.js';",
        'src/b.ts': "import { c } from './deep/c.js'; import 'node:fs';",
        'src/deep/c.ts': "import '../style.css'; import data from '../../package.json';",
      }),
    ).toEqual([]);
  });

  it.each([
    ['values', "import { b } from './b.js';", "import { a } from './a.js';"],
    ['types alone', "import type { B } from './b.js';", "import { type A } from './a.js';"],
    ['what they export again', "export * from './b.js';", "export { a } from './a.js';"],
    ['what they load later', "const b = import('./b.js');", "import './a.js';"],
    ['types named in place', "type B = import('./b.js').B;", "import { a } from './a.js';"],
  ])('are two files that import each other for %s', (_, a, b) => {
    expect(circlesOf({ 'src/a.ts': a, 'src/b.ts': b })).toEqual([['src/a.ts', 'src/b.ts']]);
  });

  it('go through any number of files, of all kinds and in all folders', () => {
    const texts = {
      'src/app/a.ts': "import { b } from '../ui/b.svelte.js';",
      'src/ui/b.svelte.ts': "import C from './C.svelte';",
      'src/ui/C.svelte':
        '<script module>\nexport const c = 1;\n</script>\n<script lang="ts">\nimport type { D } from \'../kernel/d.js\';\n</script>\n<p>C</p>',
      'src/kernel/d.ts': "import { e } from './e';",
      'src/kernel/e.ts': "import type { A } from '../app/a.js';",
      'test/a.test.ts': "import { a } from '../src/app/a.js';",
    };
    expect(circlesOf(texts)).toEqual([Object.keys(texts).slice(0, -1)]);
  });

  it('are each told once, also where they share a file', () => {
    expect(
      circlesOf({
        'src/a.mjs': "import './b.mjs'; import './c.mjs';",
        'src/b.mjs': "import './a.mjs';",
        'src/c.mjs': "import './a.mjs';",
        'src/d.mjs': "import './d.mjs';",
      }),
    ).toEqual([['src/a.mjs', 'src/b.mjs'], ['src/c.mjs', 'src/a.mjs'], ['src/d.mjs']]);
  });

  it('cannot hide behind an import that leads nowhere', () => {
    expect(() => circlesOf({ 'src/a.ts': "import './b.js';" })).toThrow(
      'src/a.ts imports ./b.js, which does not exist',
    );
    expect(circlesOf({ 'src/a.ts': "import '../out/kernel.js';" })).toEqual([]);
  });
});
