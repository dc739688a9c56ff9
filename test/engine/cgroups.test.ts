import { describe, expect, it } from 'vitest';
import { groupLimits } from '../../src/engine/cgroups.js';
import { filesOf } from '../fixtures/system-files.js';

const NONE = { quotaCores: Infinity, memoryLimitBytes: Infinity, memoryFreeBytes: Infinity };
const MIB = 2 ** 20;

/** Version 2, mounted as systemd does. */
const V2 = '30 24 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate';
/** Version 1 with a hierarchy for each controller. */
const V1 = [
  '32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct',
  '35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory',
  '40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd',
].join('\n');
const V1_GROUPS = '4:memory:/box\n2:cpu,cpuacct:/box\n1:name=systemd:/box';

const limitsIn = (mountinfo: string, cgroup: string, tree: Record<string, string>) =>
  groupLimits(filesOf({ '/proc/self/mountinfo': mountinfo, '/proc/self/cgroup': cgroup, ...tree }));

describe('without limits', () => {
  it('there is none where there are no control groups', () => {
    expect(groupLimits(filesOf({}))).toEqual(NONE);
  });

  it('there is none where version 2 says max', () => {
    const tree = {
      '/sys/fs/cgroup/box/cpu.max': 'max 100000',
      '/sys/fs/cgroup/box/memory.max': 'max',
      '/sys/fs/cgroup/box/memory.high': 'max',
      '/sys/fs/cgroup/box/memory.current': '1000',
    };
    expect(limitsIn(V2, '0::/box', tree)).toEqual(NONE);
  });

  it('there is none where version 1 says -1, and more than there can be', () => {
    const tree = {
      '/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us': '-1',
      '/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us': '100000',
      '/sys/fs/cgroup/memory/box/memory.limit_in_bytes': '9223372036854771712',
      '/sys/fs/cgroup/memory/box/memory.usage_in_bytes': '1000',
      '/sys/fs/cgroup/memory/box/memory.stat': 'hierarchical_memory_limit 9223372036854771712',
    };
    expect(limitsIn(V1, V1_GROUPS, tree)).toEqual(NONE);
  });

  it('there is none in files that say nothing that can be read', () => {
    const tree = {
      '/sys/fs/cgroup/box/cpu.max': 'lots',
      '/sys/fs/cgroup/box/memory.max': '',
    };
    expect(limitsIn('what is this', 'nor this', tree)).toEqual(NONE);
    expect(limitsIn(V2, '0::/box', tree)).toEqual(NONE);
  });
});

describe('a limit', () => {
  it('is read of version 2, with what is used but for the cache', () => {
    const tree = {
      '/sys/fs/cgroup/box/cpu.max': '50000 100000',
      '/sys/fs/cgroup/box/memory.max': `${700 * MIB}`,
      '/sys/fs/cgroup/box/memory.current': `${300 * MIB}`,
      '/sys/fs/cgroup/box/memory.stat': `anon 1\ninactive_file ${60 * MIB}\nactive_file ${40 * MIB}`,
    };
    expect(limitsIn(V2, '0::/box', tree)).toEqual({
      quotaCores: 0.5,
      memoryLimitBytes: 700 * MIB,
      memoryFreeBytes: 500 * MIB,
    });
  });

  it('is read of version 1, whose sums of all groups inside are named total', () => {
    const tree = {
      '/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us': '150000',
      '/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us': '100000',
      '/sys/fs/cgroup/memory/box/memory.limit_in_bytes': `${700 * MIB}`,
      '/sys/fs/cgroup/memory/box/memory.usage_in_bytes': `${300 * MIB}`,
      '/sys/fs/cgroup/memory/box/memory.stat': `inactive_file 1\ntotal_inactive_file ${50 * MIB}`,
    };
    expect(limitsIn(V1, V1_GROUPS, tree)).toEqual({
      quotaCores: 1.5,
      memoryLimitBytes: 700 * MIB,
      memoryFreeBytes: 450 * MIB,
    });
  });

  it('is the least of a group and its ancestors, whichever has it', () => {
    const tree = {
      '/sys/fs/cgroup/a/cpu.max': '100000 100000',
      '/sys/fs/cgroup/a/b/cpu.max': 'max 100000',
      '/sys/fs/cgroup/a/b/c/cpu.max': '400000 100000',
      '/sys/fs/cgroup/a/memory.max': `${2000 * MIB}`,
      '/sys/fs/cgroup/a/memory.current': `${1900 * MIB}`,
      '/sys/fs/cgroup/a/b/memory.high': `${900 * MIB}`,
      '/sys/fs/cgroup/a/b/memory.current': `${500 * MIB}`,
      '/sys/fs/cgroup/a/b/c/memory.max': `${1000 * MIB}`,
      '/sys/fs/cgroup/a/b/c/memory.current': `${100 * MIB}`,
    };
    expect(limitsIn(V2, '0::/a/b/c', tree)).toEqual({
      quotaCores: 1,
      memoryLimitBytes: 900 * MIB,
      memoryFreeBytes: 100 * MIB,
    });
  });

  it('is of ancestors that cannot be seen too, where version 1 says so', () => {
    const tree = {
      '/sys/fs/cgroup/memory/box/memory.limit_in_bytes': '9223372036854771712',
      '/sys/fs/cgroup/memory/box/memory.usage_in_bytes': `${100 * MIB}`,
      '/sys/fs/cgroup/memory/box/memory.stat': `hierarchical_memory_limit ${300 * MIB}`,
    };
    expect(limitsIn(V1, V1_GROUPS, tree)).toMatchObject({
      memoryLimitBytes: 300 * MIB,
      memoryFreeBytes: 200 * MIB,
    });
  });

  it('is of both versions where they are side by side', () => {
    const both = `${V1}\n41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw`;
    const tree = {
      '/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us': '100000',
      '/sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us': '50000',
      '/sys/fs/cgroup/unified/new/memory.max': `${MIB}`,
    };
    expect(limitsIn(both, `${V1_GROUPS}\n0::/new`, tree)).toMatchObject({
      quotaCores: 2,
      memoryLimitBytes: MIB,
    });
  });

  it.each([
    ['whose group is where the mount begins', '/docker/1f', '/docker/1f', '/sys/fs/cgroup'],
    ['that has a name space of its own', '/', '/', '/sys/fs/cgroup'],
    ['whose group lies outside of what is mounted', '/docker/1f', '/elsewhere', '/sys/fs/cgroup'],
    ['whose name space is below its group', '/', '/../../other', '/sys/fs/cgroup'],
    ['with a group of its own inside', '/docker/1f', '/docker/1f/in', '/sys/fs/cgroup/in'],
    ['whose name another one begins with', '/docker/1', '/docker/1f', '/sys/fs/cgroup'],
  ])('is found in a container %s', (_, root, path, folder) => {
    const mount = `30 24 0:26 ${root} /sys/fs/cgroup ro - cgroup2 cgroup rw`;
    const tree = { [`${folder}/cpu.max`]: '25000 100000' };
    expect(limitsIn(mount, `0::${path}`, tree).quotaCores).toBe(0.25);
  });

  it('is found where paths have colons and spaces', () => {
    const mount = '30 24 0:26 / /mnt/my\\040groups rw shared:9 - cgroup2 cgroup2 rw';
    const tree = { '/mnt/my groups/a:b c/cpu.max': '200000' };
    expect(limitsIn(mount, '0::/a:b c', tree).quotaCores).toBe(2);
  });

  it('leaves nothing where more is used than may be', () => {
    const tree = { '/sys/fs/cgroup/memory.max': '10', '/sys/fs/cgroup/memory.current': '20' };
    expect(limitsIn(V2, '0::/', tree).memoryFreeBytes).toBe(0);
  });
});
