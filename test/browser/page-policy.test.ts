import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultParameters } from '../../src/experiment/parameters.js';
import { HEADERS, MEDIA_TYPES } from '../../src/main/app-protocol.js';
import { MACHINE } from '../fixtures/records.js';

vi.mock('electron', () => ({ protocol: {} }));

/** The system's Chromium, which is newer than that of an Electron: the page is to work in what comes next. */
const CHROMIUM = process.env['GILSCOPE_CHROMIUM'] ?? '/usr/bin/chromium';

const INFO = {
  machine: MACHINE,
  defaults: defaultParameters(2),
  lastParameters: defaultParameters(2),
  compositing: 'software',
  panels: {},
  theme: 'system',
  programs: { problem: 'not here', folder: '/' },
};

describe.skipIf(!existsSync(CHROMIUM))('the built page in the system’s Chromium', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  /** What the policy has refused, by the directive, and errors of the page. */
  const refused: string[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const file = join('out/renderer', new URL(request.url ?? '/', 'http://localhost').pathname);
      const type = MEDIA_TYPES[extname(file)] ?? 'application/octet-stream';
      if (!existsSync(file)) response.writeHead(404).end();
      else response.writeHead(200, { ...HEADERS, 'Content-Type': type }).end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const quiet = ['--no-sandbox', '--disable-background-networking', '--disable-sync'];
    browser = await chromium.launch({ executablePath: CHROMIUM, args: quiet });
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    await page.exposeFunction('noteRefusal', (directive: string) => refused.push(directive));
    await page.addInitScript((info) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        const note = Reflect.get(window, 'noteRefusal') as (directive: string) => void;
        note(effectiveDirective);
      });
      // A main process that knows the machine, and says to all else that it cannot.
      const answers = { appInfo: { ok: true, value: info }, showInMenu: { ok: true, value: null } };
      const bridge = new Proxy(
        {},
        {
          get: (_, name: string) => () =>
            Promise.resolve(
              Reflect.get(answers, name) ?? { ok: false, failure: { message: `no ${name} here` } },
            ),
        },
      );
      Object.assign(window, { gilscope: bridge });
    }, INFO);
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/index.html`);
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it('shows the form and the palette, and asks for nothing that its policy refuses', async () => {
    expect(await page.getByRole('spinbutton', { name: 'Matrices' }).inputValue()).toBe('100');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByText('Zoom in').first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').filter({ hasText: 'no startRun here' }).waitFor();
    expect({ refused, errors }).toEqual({ refused: [], errors: [] });
  });

  it('is isolated from others', async () => {
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  it.each([
    [
      'a script in the page',
      'require-trusted-types-for',
      `const s = document.createElement('script'); s.text = '1'; document.head.append(s)`,
    ],
    ['text as a script', 'require-trusted-types-for', 'setTimeout("1")'],
    ['text as HTML', 'require-trusted-types-for', 'document.body.innerHTML = "<b>x</b>"'],
    ['a connection', 'connect-src', 'fetch("http://127.0.0.1:9/").catch(() => {})'],
    ['a picture from elsewhere', 'img-src', 'new Image().src = "http://127.0.0.1:9/x.png"'],
    [
      'a frame',
      'frame-src',
      'const f = document.createElement("iframe"); f.src = "http://127.0.0.1:9/"; document.body.append(f)',
    ],
  ])('is refused %s', async (_, directive, attempt) => {
    refused.length = 0;
    // Evaluated by the debugger, which no policy holds for.
    await page.evaluate(attempt).catch(() => undefined);
    await expect.poll(() => refused).toContain(directive);
  });
});
