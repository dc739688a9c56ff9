import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { REQUESTS } from '../../src/ipc/index.js';
import { CONTENT_SECURITY_POLICY } from '../../src/main/app-protocol.js';
import { denyPermissions, forbidNavigation } from '../../src/main/security.js';

type Listener = (...words: unknown[]) => unknown;

const { listeners, handlers } = vi.hoisted(() => ({
  listeners: new Map<string, Listener>(),
  handlers: new Map<string, Listener>(),
}));

vi.mock('electron', () => ({
  app: { on: (event: string, listener: Listener) => listeners.set(event, listener) },
  protocol: {},
  session: {
    defaultSession: {
      setPermissionRequestHandler: (handler: Listener) => handlers.set('request', handler),
      setPermissionCheckHandler: (handler: Listener) => handlers.set('check', handler),
    },
  },
}));

/** All sources of the app, by their names. */
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|svelte)$/.test(file))
  .map((file) => ({ file, text: readFileSync(join('src', file), 'utf8') }));

describe('the window', () => {
  it.each([
    'sandbox: true',
    'contextIsolation: true',
    'nodeIntegration: false',
    'webviewTag: false',
  ])('has %s', (setting) => {
    expect(readFileSync('src/main/window.ts', 'utf8')).toContain(setting);
  });

  it.each([
    'webSecurity',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'allowpopups',
    'openExternal',
    'nodeIntegrationInWorker',
    'executeJavaScript',
    '{@html',
  ])('nowhere has %s', (name) => {
    expect(sources.filter(({ text }) => text.includes(name)).map(({ file }) => file)).toEqual([]);
  });

  it('takes scripts from the app alone, and never from text', () => {
    const policy = CONTENT_SECURITY_POLICY.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/);
  });
});

describe('a page', () => {
  forbidNavigation();
  const page = new Map<string, Listener>();
  let opened: Listener | undefined;
  listeners.get('web-contents-created')?.(
    {},
    {
      setWindowOpenHandler: (handler: Listener) => (opened = handler),
      on: (event: string, listener: Listener) => page.set(event, listener),
    },
  );

  it('opens no window', () => {
    expect(opened?.({ url: 'app://gilscope/index.html' })).toEqual({ action: 'deny' });
  });

  it('has no webview', () => {
    const preventDefault = vi.fn();
    page.get('will-attach-webview')?.({ preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  it.each([
    ['app://gilscope/index.html', true],
    ['app://gilscope.example/', false],
    ['https://example.org/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
  ])('goes to %s: %s', (url, mayGo) => {
    const preventDefault = vi.fn();
    page.get('will-navigate')?.({ url, preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(mayGo ? 0 : 1);
  });

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'usb'])(
    'is not permitted %s',
    (permission) => {
      denyPermissions();
      const answer = vi.fn();
      handlers.get('request')?.({}, permission, answer);
      expect(answer).toHaveBeenCalledExactlyOnceWith(false);
      expect(handlers.get('check')?.({}, permission)).toBe(false);
    },
  );
});

it('docs/security.md says of each request why the page may make it', () => {
  const text = readFileSync('docs/security.md', 'utf8');
  const missing = Object.keys(REQUESTS).filter((name) => !text.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

it('docs/security.md names files that there are', () => {
  const text = readFileSync('docs/security.md', 'utf8');
  const names = text.match(/(?<=`)(?:src|test|scripts)\/[\w/.-]+(?=`)/g) ?? [];
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !existsSync(name))).toEqual([]);
});
