import { describe, expect, it } from 'vitest';
import { LimitError } from '../../src/engine/index.js';
import {
  checkRoomForWorkers,
  limitOnMemory,
  limitOnThreads,
  readRoom,
  type Room,
} from '../../src/engine/limits.js';
import type { SystemFiles } from '../../src/engine/system-files.js';
import { filesOf } from '../fixtures/system-files.js';

/** The system's files as they are on Linux, without any limit but those given. */
function filesWith(limits: Record<string, number>, more: Record<string, string> = {}): SystemFiles {
  const rows = ['Max address space', 'Max data size', 'Max open files', 'Max processes'].map(
    (row) => `${row.padEnd(26)}${String(limits[row] ?? 'unlimited').padEnd(21)}unlimited  units`,
  );
  const open = Array.from({ length: 20 }, (_, fd) => [`/proc/self/fd/${fd}`, ''] as const);
  return filesOf({
    '/proc/self/limits': `Limit                     Soft Limit           Hard Limit           Units\n${rows.join('\n')}\n`,
    '/proc/self/status': 'Name:\tnode\nVmSize:\t 1000000 kB\nVmData:\t  100000 kB\n',
    ...Object.fromEntries<string>(open),
    ...more,
  });
}

function roomWith(limits: Record<string, number>): Room {
  return readRoom(filesWith(limits));
}

const GB = 1e9;

describe('room for workers', () => {
  it('is looked up where the system says it', () => {
    expect(roomWith({ 'Max open files': 64 })).toEqual({
      limits: { addressSpace: Infinity, data: Infinity, openFiles: 64 },
      used: { addressSpace: 1_024_000_000, data: 102_400_000, openFiles: 20 },
    });
    const elsewhere = readRoom(filesOf({}));
    expect(() => {
      checkRoomForWorkers(256, 4e9, elsewhere);
    }).not.toThrow();
  });

  it.each([
    [
      'Max address space',
      40 * GB,
      /Only \d+ of the 256 .* 40\.0 GB of address space \(ulimit -v\)/,
    ],
    ['Max data size', GB, /Only 4\d of the 256 .* 1\.00 GB of data \(ulimit -d\)/],
    [
      'Max open files',
      64,
      /Only 8 of the 256 .* 64 open files \(ulimit -n\)\. Take at most 8 threads/,
    ],
    ['Max open files', 37, /Only 1 of the 256 .* Take at most 1 thread, or raise that limit\.$/],
    ['Max open files', 20, /None of the 256 .* 20 open files \(ulimit -n\)\. Raise that limit\.$/],
  ])('is too little under %s of %d', (row, limit, message) => {
    const check = () => {
      checkRoomForWorkers(256, 0, roomWith({ [row]: limit }));
    };
    expect(check).toThrow(LimitError);
    expect(check).toThrow(message);
  });

  it('leaves what the run allocates', () => {
    const room = roomWith({ 'Max data size': GB });
    checkRoomForWorkers(8, GB / 2, room);
    expect(() => {
      checkRoomForWorkers(8, GB, room);
    }).toThrow(/None of the 8 /);
  });
});

describe('threads that the system does not give', () => {
  it.each([
    [
      filesWith({ 'Max processes': 20 }),
      'this user may have 20 processes and threads in all (ulimit -u)',
    ],
    [filesWith({}), 'the system has no more threads to give, or no memory for them'],
    [filesOf({}), 'the system has no more threads to give, or no memory for them'],
    [
      filesWith(
        { 'Max processes': 5000 },
        {
          '/proc/self/cgroup': '0::/user.slice/run-1.scope',
          '/proc/self/mountinfo': '30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw',
          '/sys/fs/cgroup/user.slice/run-1.scope/pids.max': 'max',
          '/sys/fs/cgroup/user.slice/run-1.scope/pids.current': '32',
          '/sys/fs/cgroup/user.slice/pids.max': '32',
          '/sys/fs/cgroup/user.slice/pids.current': '32',
        },
      ),
      'the control group /sys/fs/cgroup/user.slice may have 32 processes and threads (pids.max)',
    ],
    [
      filesWith(
        { 'Max processes': 5000 },
        {
          '/proc/self/cgroup': '12:cpu,cpuacct:/a\n7:pids:/docker/1',
          '/proc/self/mountinfo':
            '31 23 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n' +
            '32 23 0:28 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids',
          '/sys/fs/cgroup/pids/docker/1/pids.max': '16',
          '/sys/fs/cgroup/pids/docker/1/pids.current': '16',
        },
      ),
      'the control group /sys/fs/cgroup/pids/docker/1 may have 16 processes and threads (pids.max)',
    ],
    [
      filesWith(
        { 'Max processes': 20 },
        {
          '/proc/self/cgroup': '0::/',
          '/proc/self/mountinfo': '30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw',
          '/sys/fs/cgroup/pids.max': '1000',
          '/sys/fs/cgroup/pids.current': '16',
        },
      ),
      'this user may have 20 processes and threads in all (ulimit -u)',
    ],
  ])('are told with the limit that they met: %#', (read, limit) => {
    expect(limitOnThreads(16, 7, read).message).toBe(
      `Only 7 of the 16 worker threads can be started: ${limit}. Take at most 7 threads, or raise that limit.`,
    );
  });
});

it('says why a shared memory could not be reserved', () => {
  expect(limitOnMemory(roomWith({ 'Max address space': 4 * GB })).message).toBe(
    'The shared memory cannot be reserved: it takes 10.7 GB of address space, and this process may ' +
      'have 4.00 GB of address space (ulimit -v). Raise that limit.',
  );
});
