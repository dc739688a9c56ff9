import { readNumber, type SystemFiles } from './system-files.js';

/**
 * What the control groups of this process let it have, from Linux's cgroup v1 and v2 (the kernel's
 * Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst). Groups are nested, and each of them limits
 * what lies inside: what counts is the least of a group and all its ancestors.
 */
export interface GroupLimits {
  /** Cores' worth of processor time; may be a fraction. Infinity where there is no quota. */
  readonly quotaCores: number;
  /** Most memory that the group may have; Infinity where there is no limit. */
  readonly memoryLimitBytes: number;
  /** What is left of that now, files that are merely cached not counted as used. */
  readonly memoryFreeBytes: number;
}

/** Reads the limits of this process; all Infinity where there are no control groups. */
export function groupLimits(files: SystemFiles): GroupLimits {
  const cpu = groupFolders(files, 'cpu');
  const memory = groupFolders(files, 'memory');
  const limits = memory.map((folder) => memoryIn(files, folder));
  return {
    quotaCores: Math.min(...cpu.map((folder) => quotaIn(files, folder))),
    memoryLimitBytes: Math.min(...limits.map(({ limitBytes }) => limitBytes)),
    memoryFreeBytes: Math.min(...limits.map(({ freeBytes }) => freeBytes)),
  };
}

/** The group, this process's own or one around it, that has all the processes and threads it may have. */
export function fullGroup(
  files: SystemFiles,
): { readonly folder: string; readonly most: number } | undefined {
  for (const folder of groupFolders(files, 'pids')) {
    // It says `max` where there is no limit.
    const most = readNumber(files, `${folder}/pids.max`);
    const current = readNumber(files, `${folder}/pids.current`);
    if (most !== undefined && current !== undefined && current >= most) return { folder, most };
  }
  return undefined;
}

/** A mounted hierarchy of control groups. */
interface Mount {
  /** The group that is at the mount point. */
  readonly root: string;
  readonly point: string;
  /** The controllers of a v1 hierarchy; undefined of the one of v2. */
  readonly controllers: readonly string[] | undefined;
}

/**
 * The folders of this process's group and of its ancestors, innermost first, in the hierarchy with
 * a controller and in that of v2, which a machine may have side by side.
 */
function groupFolders(files: SystemFiles, controller: string): string[] {
  const groups = groupsOf(files.read('/proc/self/cgroup') ?? '');
  const mounts = mountsOf(files.read('/proc/self/mountinfo') ?? '');
  return groups.flatMap(({ controllers, path }) => {
    if (controllers !== undefined && !controllers.includes(controller)) return [];
    const mount = mounts.find((candidate) =>
      controllers === undefined
        ? candidate.controllers === undefined
        : candidate.controllers?.includes(controller) === true,
    );
    return mount === undefined ? [] : foldersUpFrom(mount, path);
  });
}

/** Reads /proc/self/cgroup: a line `number:controllers:path` for each hierarchy, v2's without controllers. */
function groupsOf(
  text: string,
): { readonly controllers: readonly string[] | undefined; readonly path: string }[] {
  return text.split('\n').flatMap((line) => {
    // A path may have colons in it.
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) return [];
    return [{ controllers: controllers === '' ? undefined : controllers.split(','), path }];
  });
}

/** Reads /proc/self/mountinfo (proc_pid_mountinfo(5)). */
function mountsOf(text: string): Mount[] {
  return text.split('\n').flatMap((line): Mount[] => {
    const [place, source] = line.split(' - ');
    const [, , , root, point] = place?.split(' ') ?? [];
    const [type, , options] = source?.split(' ') ?? [];
    if (root === undefined || point === undefined) return [];
    const where = { root: unescaped(root), point: unescaped(point) };
    if (type === 'cgroup2') return [{ ...where, controllers: undefined }];
    return type === 'cgroup' ? [{ ...where, controllers: options?.split(',') ?? [] }] : [];
  });
}

/** Spaces and their like are in octal there. */
function unescaped(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

/** From a group's folder up to the mount point. A group outside of what is mounted is not to be seen. */
function foldersUpFrom({ root, point }: Mount, path: string): string[] {
  const isInside = path === root || path.startsWith(root === '/' ? root : `${root}/`);
  const below = isInside ? path.slice(root === '/' ? 0 : root.length) : '';
  const names = below.split('/').filter((name) => name !== '');
  if (names.includes('..')) return [point];
  return Array.from({ length: names.length + 1 }, (_, up) =>
    [point, ...names.slice(0, names.length - up)].join('/'),
  );
}

function quotaIn(files: SystemFiles, folder: string): number {
  const [quota, period = '100000'] = files.read(`${folder}/cpu.max`)?.split(' ') ?? [
    files.read(`${folder}/cpu.cfs_quota_us`),
    files.read(`${folder}/cpu.cfs_period_us`),
  ];
  const cores = Number(quota) / Number(period);
  // `max` and -1 are no quota.
  return cores > 0 ? cores : Infinity;
}

function memoryIn(
  files: SystemFiles,
  folder: string,
): { readonly limitBytes: number; readonly freeBytes: number } {
  const number = (name: string) => readNumber(files, `${folder}/${name}`);
  const stat = statOf(files.read(`${folder}/memory.stat`) ?? '');
  const least = Math.min(
    ...['memory.max', 'memory.high', 'memory.limit_in_bytes'].map(
      (name) => number(name) ?? Infinity,
    ),
    // Of ancestors too that are not to be seen from here (v1).
    stat.get('hierarchical_memory_limit') ?? Infinity,
  );
  const limitBytes = least < NO_LIMIT_BYTES ? least : Infinity;
  const usedBytes = number('memory.current') ?? number('memory.usage_in_bytes') ?? 0;
  const cachedBytes = ['active_file', 'inactive_file'].reduce(
    (sum, name) => sum + (stat.get(`total_${name}`) ?? stat.get(name) ?? 0),
    0,
  );
  return { limitBytes, freeBytes: Math.max(0, limitBytes - usedBytes + cachedBytes) };
}

/** Reads memory.stat: a name and a number a line. */
function statOf(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').map((line) => line.split(' '));
  return new Map(lines.map(([name = '', value]) => [name, Number(value)]));
}

/** v1 says so many bytes or more where there is no limit, which no machine has. */
const NO_LIMIT_BYTES = 2 ** 60;
