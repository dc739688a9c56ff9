import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addressesOf,
  findDisplay,
  namedDisplays,
  startVirtualDisplay,
} from '../../scripts/setup/display.mjs';
import { hasProgram } from '../../scripts/setup/libraries.mjs';
import { useTemporaryFolder } from './temporary.mjs';

const own = useTemporaryFolder();
const socket = '/tmp/.X11-unix/X';

describe('where an X display is reached', () => {
  it.each([
    [':0', [{ path: `${socket}0` }, { path: `\0${socket}0` }]],
    [':12.1', [{ path: `${socket}12` }, { path: `\0${socket}12` }]],
    ['unix:3', [{ path: `${socket}3` }, { path: `\0${socket}3` }]],
    ['localhost:10.0', [{ host: 'localhost', port: 6010 }]],
    ['nonsense', []],
  ])('%s', (display, addresses) => {
    expect(addressesOf(display)).toEqual(addresses);
  });
});

describe('the displays that the environment names', () => {
  const kinds = (env) => namedDisplays(env).map(({ kind }) => kind);

  it('are none where it names none', () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ DISPLAY: '', WAYLAND_DISPLAY: '' })).toEqual([]);
  });

  it('are X11 before Wayland, which every Electron can do', () => {
    const env = { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: '/run/user/1' };
    expect(kinds(env)).toEqual(['x11', 'wayland']);
    expect(namedDisplays(env)[1]?.addresses).toEqual([{ path: '/run/user/1/wayland-0' }]);
  });

  it('leave out Wayland where its socket has no folder', () => {
    expect(kinds({ WAYLAND_DISPLAY: 'wayland-0' })).toEqual([]);
  });
});

describe('a display', () => {
  it('is found where something answers', async () => {
    const WAYLAND_DISPLAY = path.join(own.folder, 'wayland-0');
    const server = createServer().listen(WAYLAND_DISPLAY);
    await new Promise((resolve) => server.once('listening', resolve));
    const found = await findDisplay({ WAYLAND_DISPLAY }, 'linux');
    server.close();
    expect(found).toEqual({ kind: 'wayland', env: { WAYLAND_DISPLAY } });
  });

  it('is not found where nothing answers', async () => {
    const env = { WAYLAND_DISPLAY: path.join(own.folder, 'gone'), DISPLAY: ':9999' };
    await expect(findDisplay(env, 'linux')).resolves.toBeUndefined();
  });

  it.each(['darwin', 'win32'])('is always there on %s', async (platform) => {
    await expect(findDisplay({}, platform)).resolves.toEqual({ kind: 'native', env: {} });
  });
});

describe.runIf(hasProgram('Xvfb'))('a virtual display', () => {
  it('answers until it is stopped', async () => {
    const { name, stop } = await startVirtualDisplay();
    const found = await findDisplay({ DISPLAY: name }, 'linux');
    await stop();
    expect(found).toEqual({ kind: 'x11', env: { DISPLAY: name } });
    await expect(findDisplay({ DISPLAY: name }, 'linux')).resolves.toBeUndefined();
  });
});
