import { describe, expect, it } from 'vitest';
import { comparedParameters } from '../../src/experiment/variants.js';
import { layoutOf, MEMORY_BYTES_MAX } from '../../src/memory/layout.js';
import { checkParameters, defaultParameters } from '../../src/experiment/parameters.js';
import { presetsFor } from '../../src/experiment/presets.js';

const presetsOf = (cores: number) => presetsFor(cores).flatMap(({ presets }) => presets);

describe.each([1, 2, 64, 512])('the presets for %i cores', (cores) => {
  it('are parameters in range that fit into memory', () => {
    for (const { parameters } of presetsOf(cores)) {
      expect(checkParameters(parameters)).toEqual({ ok: true, parameters });
      expect(layoutOf(parameters).totalBytes).toBeLessThan(MEMORY_BYTES_MAX / 4);
    }
  });

  it('have an id, a label and sentences of their own', () => {
    const presets = presetsOf(cores);
    for (const key of ['id', 'label', 'shows', 'lookAt'] as const) {
      expect(new Set(presets.map((preset) => preset[key])).size).toBe(presets.length);
    }
    for (const { shows, lookAt } of presets) {
      expect(shows).toMatch(/^[A-Z][^.]*\.$/);
      expect(lookAt).toMatch(/^[A-Z][^.]*\.$/);
      // It stands in a line of a small window.
      expect(lookAt.length).toBeLessThanOrEqual(80);
    }
  });
});

it('the first four are those of the comparison', () => {
  const four = presetsFor(2)[0]?.presets.map(({ parameters }) => parameters);
  expect(four).toEqual(Object.values(comparedParameters(defaultParameters(2))));
});
