import { describe, expect, it } from 'vitest';
import { freeMemoryBytes, readHost, type PlatformFacts } from '../../src/engine/host.js';
import { filesOf } from '../fixtures/system-files.js';

const PLATFORM: PlatformFacts = {
  allowedCores: 4,
  allCores: 8,
  memoryBytes: 8e9,
  memoryLimitBytes: 0,
};
const CPU = '/sys/devices/system/cpu';

const hostIn = (tree: Record<string, string>, platform: Partial<PlatformFacts> = {}) =>
  readHost(filesOf(tree), { ...PLATFORM, ...platform });

/** That of a process that may use so many cores, in the notation of the kernel. */
const allowed = (list: string) => ({
  '/proc/self/status': `Name:\tnode\nCpus_allowed_list:\t${list}`,
});

/** A file of each of the first cores. */
function ofCores(file: string, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.map((value, core) => [`${CPU}/cpu${core}/${file}`, value]));
}

it('off Linux only what the platform says is known', () => {
  expect(hostIn({})).toEqual({
    logicalCores: 4,
    machineCores: 8,
    quotaCores: null,
    usableCores: 4,
    physicalCores: null,
    coreKinds: [],
    governor: null,
    turbo: null,
    virtual: null,
    memoryBytes: 8e9,
    memoryLimitBytes: null,
  });
});

describe('the cores that may be used', () => {
  it.each([
    ['0', 1],
    ['0-3', 4],
    ['1,3-4,7', 4],
    ['2-2', 1],
  ])('are those that the process is kept to: %s', (list, count) => {
    expect(hostIn(allowed(list))).toMatchObject({ logicalCores: count, usableCores: count });
  });

  it('are not those that are off', () => {
    expect(hostIn({ ...allowed('0-127'), [`${CPU}/online`]: '0-1' }).logicalCores).toBe(2);
  });

  const quota = (text: string) => ({
    '/proc/self/mountinfo': '30 24 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw',
    '/proc/self/cgroup': '0::/',
    '/sys/fs/cgroup/cpu.max': text,
  });

  it('are no more than a quota', () => {
    expect(hostIn({ ...allowed('0-3'), ...quota('50000 100000') })).toMatchObject({
      ...{ logicalCores: 4, quotaCores: 0.5, usableCores: 0.5 },
    });
    expect(hostIn({ ...allowed('0'), ...quota('400000 100000') })).toMatchObject({
      ...{ logicalCores: 1, quotaCores: 4, usableCores: 1 },
    });
  });

  it('are counted once where two threads are on one', () => {
    const siblings = ofCores('topology/thread_siblings_list', ['0,2', '1,3', '0,2', '1,3']);
    expect(hostIn({ ...allowed('0-3'), ...siblings }).physicalCores).toBe(2);
    expect(hostIn({ ...allowed('0-1'), ...siblings }).physicalCores).toBe(2);
    expect(hostIn({ ...allowed('0,2'), ...siblings }).physicalCores).toBe(1);
  });
});

describe('kinds of cores', () => {
  it('are as Intel names them', () => {
    const tree = {
      ...allowed('0-3,6'),
      '/sys/devices/cpu_core/cpus': '0-3',
      '/sys/devices/cpu_atom/cpus': '4-7',
    };
    expect(hostIn(tree).coreKinds).toEqual([
      { kind: 'fast', cores: 4 },
      { kind: 'slow', cores: 1 },
    ]);
  });

  it('are told by their capacity', () => {
    const tree = { ...allowed('0-3'), ...ofCores('cpu_capacity', ['446', '446', '1024', '1024']) };
    expect(hostIn(tree).coreKinds).toEqual([
      { kind: 'fast', cores: 2 },
      { kind: 'slow', cores: 2 },
    ]);
  });

  it('are told by their frequency, a little more of which makes no other kind', () => {
    const kinds = (...frequencies: string[]) =>
      hostIn({ ...allowed('0-1'), ...ofCores('cpufreq/cpuinfo_max_freq', frequencies) }).coreKinds;
    expect(kinds('4900000', '5000000')).toEqual([]);
    expect(kinds('2000000', '5000000')).toHaveLength(2);
  });
});

it.each<[string, Record<string, string>, string | null]>([
  ['alone', { scaling_governor: 'ondemand' }, 'ondemand'],
  [
    'with its preference',
    { scaling_governor: 'powersave', energy_performance_preference: 'balance_performance' },
    'powersave (balance_performance)',
  ],
  ['of a machine without one', {}, null],
])('reads the governor %s', (_, files, expected) => {
  const tree = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`${CPU}/cpu1/cpufreq/${name}`, text]),
  );
  expect(hostIn({ ...allowed('1'), ...tree }).governor).toBe(expected);
});

it.each<[string, string, boolean]>([
  [`${CPU}/intel_pstate/no_turbo`, '0', true],
  [`${CPU}/intel_pstate/no_turbo`, '1', false],
  [`${CPU}/cpufreq/boost`, '1', true],
  [`${CPU}/cpufreq/boost`, '0', false],
])('reads turbo from %s: %s', (path, text, expected) => {
  expect(hostIn({ [path]: text }).turbo).toBe(expected);
});

it.each<[string, Record<string, string>, boolean | null]>([
  ['a flag', { '/proc/cpuinfo': 'flags\t\t: fpu hypervisor lahf_lm' }, true],
  ['no such flag', { '/proc/cpuinfo': 'flags\t\t: fpu lahf_lm' }, false],
  ['a hypervisor', { '/sys/hypervisor/type': 'xen' }, true],
  ['what it is called', { '/sys/class/dmi/id/product_name': 'KVM Virtual Machine' }, true],
  ['what a real one is called', { '/sys/class/dmi/id/product_name': 'Altra' }, false],
  ['nothing', {}, null],
])('knows a virtual machine by %s', (_, tree, expected) => {
  expect(hostIn(tree).virtual).toBe(expected);
});

describe('memory', () => {
  it.each([
    ['less than the machine has', 2e9, 2e9, 2e9],
    ['none, said as 0', 0, 8e9, null],
    ['none, said as more than there can be', 2 ** 64, 8e9, null],
  ])('with a limit of %s', (_, memoryLimitBytes, memoryBytes, limit) => {
    expect(hostIn({}, { memoryLimitBytes })).toMatchObject({
      memoryBytes,
      memoryLimitBytes: limit,
    });
  });

  it('that is free is what the system can give, swapping included', () => {
    const meminfo = 'MemTotal: 8000 kB\nMemAvailable:    3000 kB\nSwapFree:        500 kB';
    expect(freeMemoryBytes(filesOf({ '/proc/meminfo': meminfo }))).toBe(3500 * 1024);
    expect(freeMemoryBytes(filesOf({}))).toBe(Infinity);
  });
});
