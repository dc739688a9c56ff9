import { describe, expect, it } from 'vitest';
import { HostLockedError, lockHost } from '../../src/files/host-lock.js';

const NAME = `gilscope-test-${process.pid}`;

describe('the lock of a machine', () => {
  it('is one process’s at a time, which others are told, and goes on to the next', async () => {
    const first = await lockHost(NAME);
    const refused = await lockHost(NAME).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(HostLockedError);
    expect(refused).toMatchObject({ pid: process.pid });
    await first[Symbol.asyncDispose]();
    const second = await lockHost(NAME);
    await second[Symbol.asyncDispose]();
  });

  it('is another one under another name', async () => {
    const both = await Promise.all([lockHost(`${NAME}-one`), lockHost(`${NAME}-two`)]);
    for (const lock of both) await lock[Symbol.asyncDispose]();
  });
});
