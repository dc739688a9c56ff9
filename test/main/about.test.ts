import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { aboutText } from '../../src/main/about.js';

vi.mock('electron', () => ({ app: {}, dialog: {}, BrowserWindow: {} }));

interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}
const packages = JSON.parse(readFileSync('out/licences.json', 'utf8')) as readonly Licence[];

/** What may be in a product that others are given: licences that ask for no more than their text beside it. */
const PERMISSIVE = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'];

describe('what is inside', () => {
  it('has the packages of page, main process, command line and kernel', () => {
    const names = packages.map(({ name }) => name);
    const some = ['svelte', 'chart.js', 'valibot', 'commander', 'piscina', 'assemblyscript'];
    expect(names).toEqual(expect.arrayContaining(some));
  });

  it.each(packages)('$name has a licence that lets it be shipped, and its text', (part) => {
    expect(PERMISSIVE).toContain(part.licence);
    expect(part.text.length).toBeGreaterThan(500);
  });

  it('is told by About, with versions, licences and where their texts are', () => {
    const { message, detail } = aboutText({
      name: 'Gilscope for testing only',
      version: '1.2.3',
      versions: { electron: '45.4.1', chrome: '150.0', node: '24.0', v8: '15.0' },
      packages,
      folder: '/usr/lib/gilscope',
    });
    expect(message).toBe('Gilscope for testing only 1.2.3');
    expect(detail).toContain('Electron 45.4.1 (MIT), Chromium 150.0 ');
    for (const { name, version, licence } of packages) {
      expect(detail).toContain(`${name} ${version} (${licence})`);
    }
    expect(detail).toContain('in /usr/lib/gilscope.');
  });
});
