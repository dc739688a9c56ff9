import { describe, expect, it, vi } from 'vitest';
import { fileFor } from '../../src/main/app-protocol.js';

vi.mock('electron', () => ({ protocol: {} }));

const folder = new URL('file:///opt/gilscope/renderer/');

describe('the file that an app:// address names', () => {
  it('lies in the folder', () => {
    expect(fileFor('app://gilscope/assets/index.js?v=1', folder)?.href).toBe(
      'file:///opt/gilscope/renderer/assets/index.js',
    );
  });

  it.each([
    'app://gilscope/../secret',
    'app://gilscope/%2e%2e/%2e%2e/secret',
    'app://gilscope/..%2fsecret',
    'app://gilscope/..%5csecret',
    'app://elsewhere/index.html',
    'https://gilscope/index.html',
  ])('is none, or stays inside, for %s', (address) => {
    const file = fileFor(address, folder);
    expect(file === undefined || file.href.startsWith(folder.href)).toBe(true);
  });

  it('is none for another host', () => {
    expect(fileFor('app://elsewhere/index.html', folder)).toBeUndefined();
  });
});
