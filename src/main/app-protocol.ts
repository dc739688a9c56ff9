import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol } from 'electron';

/** The scheme and host under which the window's files are served, in place of file://. */
const SCHEME = 'app';
export const APP_ORIGIN = `${SCHEME}://gilscope`;

/** Everything comes from the app itself, or is a picture that it made; text never becomes script. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

export const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  // Together these isolate the page from others, which precise clocks need.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'X-Content-Type-Options': 'nosniff',
} as const;

export const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Makes app:// a secure origin like https://. Must come before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page from a folder, and nothing outside of it. */
export function serveApp(folder: URL): void {
  protocol.handle(SCHEME, async (request) => {
    const file = fileFor(request.url, folder);
    if (file === undefined) return new Response('not found', { status: 404 });
    try {
      const body = await readFile(file);
      const type = MEDIA_TYPES[extname(file.pathname)] ?? 'application/octet-stream';
      return new Response(new Uint8Array(body), { headers: { ...HEADERS, 'Content-Type': type } });
    } catch {
      return new Response('not found', { status: 404 });
    }
  });
}

/** The file that an app:// address names; undefined where it lies outside of the folder. */
export function fileFor(address: string, folder: URL): URL | undefined {
  const url = new URL(address);
  if (`${url.protocol}//${url.host}` !== APP_ORIGIN) return undefined;
  const file = new URL(`.${url.pathname}`, folder);
  // An encoded slash would climb out once the file system decodes it.
  const climbs = /%2f|%5c/i.test(url.pathname);
  return !climbs && file.href.startsWith(folder.href) ? file : undefined;
}
