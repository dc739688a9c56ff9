import { describe, expect, it } from 'vitest';
import { exportOptions } from '../../src/cli/exports.js';
import {
  FORMAT_IDS,
  FORMATS,
  formatOf,
  SWEEP_FORMATS,
  TEXT_FORMATS,
} from '../../src/formats/registry.js';
import { WRITERS } from '../../src/formats/writers.js';
import { ACTIONS, EXPORT_ACTIONS } from '../../src/ipc/action-names.js';
import { readRequest } from '../../src/ipc/requests.js';
import { menuTemplate } from '../../src/main/menu-template.js';

describe('the formats', () => {
  it('have names of files that differ, so that exports of one recording do not replace each other', () => {
    const names = FORMAT_IDS.map((id) => `${formatOf(id).suffix}.${formatOf(id).extension}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are each a flag of the command line', () => {
    const flags = exportOptions(FORMAT_IDS).map(({ long, description }) => [long, description]);
    expect(flags).toEqual(FORMAT_IDS.map((id) => [`--${id}`, FORMATS[id].help]));
  });

  it('of text are each an action of the window, in its menu, and a request', () => {
    const labels = EXPORT_ACTIONS.map(({ label }) => label);
    expect(EXPORT_ACTIONS.map(({ format }) => format)).toEqual([...TEXT_FORMATS, 'walls']);
    expect(ACTIONS.map(({ label }) => label)).toEqual(expect.arrayContaining(labels));
    const [file] = menuTemplate(
      false,
      () => undefined,
      () => undefined,
    );
    const items = Array.isArray(file?.submenu) ? file.submenu.map(({ label }) => label) : [];
    expect(items).toEqual(expect.arrayContaining(labels));
    for (const format of TEXT_FORMATS) {
      const request = { runs: [1], format, part: { repeat: null, range: null } };
      expect(readRequest('exportRuns', request)).toEqual(request);
      expect(WRITERS[format].write).toBeTypeOf('function');
    }
    for (const format of SWEEP_FORMATS) {
      expect(readRequest('exportSweep', { id: 1, format })).toEqual({ id: 1, format });
    }
    expect(() => readRequest('exportSweep', { id: 1, format: 'spans' })).toThrow();
  });

  it('are named in requests by their ids alone, never by files', () => {
    const part = { repeat: null, range: null };
    for (const format of ['save', 'toString', '../spans', '/tmp/x.csv', '']) {
      expect(() => readRequest('exportRuns', { runs: [1], format, part })).toThrow();
    }
    for (const runs of [[], [0], [1, 2, 3, 4, 5], ['1']]) {
      expect(() => readRequest('exportRuns', { runs, format: 'csv', part })).toThrow();
    }
  });
});
