import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { codeOf } from './system-errors.js';

/*
 * A lock that one process of a machine has at a time. It is a local socket with a name that the process
 * listens on, so that the system frees it when the process ends, and who asks gets the holder's process id.
 */

/** Another process has the lock. */
export class HostLockedError extends Error {
  override readonly name = 'HostLockedError';
  /** That process; null where it does not say. */
  readonly pid: number | null;

  constructor(pid: number | null) {
    super(`process ${pid ?? 'unknown'} has the lock`);
    this.pid = pid;
  }
}

/**
 * Takes the lock of a name, until it is disposed of or the process ends.
 *
 * @throws HostLockedError where another process has it
 */
export async function lockHost(name: string): Promise<AsyncDisposable> {
  const path = socketPath(name);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await listenOn(path);
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') throw error;
      const pid = await holderOf(path);
      if (pid !== 'gone' || attempt > 0) throw new HostLockedError(pid === 'gone' ? null : pid);
      // A socket in a folder outlives its process.
      await rm(path, { force: true });
    }
  }
}

/** Linux and Windows have names for sockets that are in no folder, and go with their process. */
function socketPath(name: string): string {
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.socket`);
}

async function listenOn(path: string): Promise<AsyncDisposable> {
  const server: Server = createServer((asking) => {
    // Who asks may be gone before it is answered.
    asking.on('error', () => undefined);
    asking.end(String(process.pid));
  });
  server.listen(path);
  await once(server, 'listening');
  server.unref();
  return {
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

/** The process that listens on a socket; null where it does not say, 'gone' where there is none. */
async function holderOf(path: string): Promise<number | null | 'gone'> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    const pid = Number(await text(socket));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch (error) {
    return codeOf(error) === 'ECONNREFUSED' ? 'gone' : null;
  } finally {
    socket.destroy();
  }
}
