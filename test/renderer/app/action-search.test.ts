import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../../src/ipc/action-names.js';
import { PARAMETER_NAMES, SPECIFICATIONS } from '../../../src/experiment/parameters.js';
import { searchActions } from '../../../src/renderer/app/action-search.js';

const found = (sought: string) => searchActions(ACTIONS, sought).map(({ id }) => id);

describe('the search for an action', () => {
  it('finds what has each word in its name or its synonyms, in part, in any order', () => {
    const actions = [
      { label: 'Export CSV', synonyms: 'save table' },
      { label: 'Print' },
      { label: 'Save spans' },
    ];
    const labels = (sought: string) => searchActions(actions, sought).map(({ label }) => label);
    expect(labels('')).toHaveLength(3);
    expect(labels('save')).toEqual(['Export CSV', 'Save spans']);
    expect(labels('CSV  tab')).toEqual(['Export CSV']);
    expect(labels('print table')).toEqual([]);
  });

  it('goes by what an action is called now, where that changes', () => {
    const recent = { label: 'Open recent file 1', name: () => 'Open held.gilscope' };
    expect(searchActions([recent], 'open held.gilscope')).toEqual([recent]);
    expect(searchActions([recent], 'recent file')).toEqual([]);
  });

  it.each([
    ['screenshot', 'copy-timeline-png'],
    ['image', 'save-histogram-svg'],
    ['download', 'export-csv'],
    ['start', 'run'],
    ['abort', 'stop'],
    ['cli', 'copy-command'],
    ['hotkeys', 'keys'],
    ['pdf', 'print'],
    ['speedup', 'run-serial'],
    ['revert', 'undo'],
    ['thread count', 'field:threads'],
    ['number of threads', 'field:threads'],
    ['workers', 'field:threads'],
    ['cores', 'field:threads'],
    ['gil', 'field:lock'],
    ['mutex', 'field:lock'],
    ['setswitchinterval', 'field:switchIntervalMs'],
    ['tolerance', 'field:epsilon'],
    ['dimension', 'field:size'],
    ['random', 'field:seed'],
    ['how many matrices', 'field:matrices'],
    ['pool', 'field:scheduler'],
    ['iteration cap', 'field:maxIterations'],
    ['sign-aware', 'field:convergence'],
    ['number of runs', 'field:repeats'],
    ['warm up', 'field:warmup'],
  ] as const)('finds by “%s” %s', (sought, id) => {
    expect(found(sought)).toContain(id);
  });

  it('finds the field of each parameter by its label and by each word that its definition names', () => {
    for (const name of PARAMETER_NAMES) {
      const { label, synonyms } = SPECIFICATIONS[name];
      for (const sought of [label, ...synonyms.split(' ')]) {
        expect(found(sought), sought).toContain(`field:${name}`);
      }
    }
  });
});
