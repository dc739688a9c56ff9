import { availableParallelism, cpus, totalmem } from 'node:os';
import type { CoreKind, Host } from '../recording/host.js';
import { groupLimits } from './cgroups.js';
import { numbersIn, readNumber, systemFiles, type SystemFiles } from './system-files.js';

/** What the platform says by itself, whether or not there are files to read. */
export interface PlatformFacts {
  readonly allowedCores: number;
  readonly allCores: number;
  readonly memoryBytes: number;
  /** The limit of memory that the runtime knows of; 0 where it knows of none. */
  readonly memoryLimitBytes: number;
}

const CPU_FOLDER = '/sys/devices/system/cpu';

/** Cores of one kind do not differ by more than this in what they can do: some boost a little higher. */
const SAME_KIND_RATIO = 1.2;

/**
 * Reads what the machine is and what of it this process may use. Off Linux there are no such files,
 * so that only what the platform says is known.
 */
export function readHost(
  files: SystemFiles = systemFiles,
  platform: PlatformFacts = platformFacts(),
): Host {
  const allowed = allowedCores(files);
  const limits = groupLimits(files);
  const logicalCores = allowed.length > 0 ? allowed.length : platform.allowedCores;
  const limitBytes = Math.min(
    limits.memoryLimitBytes,
    platform.memoryLimitBytes > 0 ? platform.memoryLimitBytes : Infinity,
  );
  return {
    logicalCores,
    machineCores: Math.max(platform.allCores, logicalCores),
    quotaCores: finiteOrNull(limits.quotaCores),
    usableCores: Math.min(logicalCores, limits.quotaCores),
    physicalCores: physicalCores(files, allowed),
    coreKinds: coreKinds(files, allowed),
    governor: governor(files, allowed),
    turbo: turbo(files),
    virtual: isVirtual(files),
    memoryBytes: Math.min(platform.memoryBytes, limitBytes),
    memoryLimitBytes: limitBytes < platform.memoryBytes ? limitBytes : null,
  };
}

/** Bytes that this process can still take, as far as the system says; Infinity where it says nothing. */
export function freeMemoryBytes(files: SystemFiles = systemFiles): number {
  const kilobytes = (name: string) => {
    const [, value] = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(
      files.read('/proc/meminfo') ?? '',
    ) ?? [name];
    return value === undefined ? undefined : Number(value) * 1024;
  };
  const available = kilobytes('MemAvailable') ?? Infinity;
  return Math.min(available + (kilobytes('SwapFree') ?? 0), groupLimits(files).memoryFreeBytes);
}

function platformFacts(): PlatformFacts {
  return {
    allowedCores: availableParallelism(),
    allCores: cpus().length,
    memoryBytes: totalmem(),
    memoryLimitBytes: process.constrainedMemory(),
  };
}

/** The numbers of the cores that this process is kept to (proc_pid_status(5)). */
function allowedCores(files: SystemFiles): number[] {
  const [, list = ''] =
    /^Cpus_allowed_list:\s*(\S+)$/m.exec(files.read('/proc/self/status') ?? '') ?? [];
  const online = files.read(`${CPU_FOLDER}/online`);
  const isOnline = new Set(numbersIn(online ?? list));
  return numbersIn(list).filter((core) => isOnline.has(core));
}

/** Cores that share nothing of what computes: two threads of one core (SMT) count as one. */
function physicalCores(files: SystemFiles, allowed: readonly number[]): number | null {
  const siblings = allowed.map((core) =>
    files.read(`${CPU_FOLDER}/cpu${core}/topology/thread_siblings_list`),
  );
  return siblings.length === 0 || siblings.includes(undefined) ? null : new Set(siblings).size;
}

/** Distinguishes fast cores from slow ones: by name where the system names them, else by capacity. */
function coreKinds(files: SystemFiles, allowed: readonly number[]): readonly CoreKind[] {
  const named = (kind: CoreKind['kind'], folder: string): CoreKind[] => {
    const cores = new Set(numbersIn(files.read(`/sys/devices/${folder}/cpus`) ?? ''));
    const count = allowed.filter((core) => cores.has(core)).length;
    return count === 0 ? [] : [{ kind, cores: count }];
  };
  // Intel's hybrid processors.
  const intel = [...named('fast', 'cpu_core'), ...named('slow', 'cpu_atom')];
  return intel.length > 0 ? intel : kindsByStrength(files, allowed);
}

function kindsByStrength(files: SystemFiles, allowed: readonly number[]): readonly CoreKind[] {
  // The capacity is Arm's; elsewhere the highest frequency stands in for it.
  const strengths = ['cpu_capacity', 'cpufreq/cpuinfo_max_freq'].map((name) =>
    allowed.flatMap((core) => readNumber(files, `${CPU_FOLDER}/cpu${core}/${name}`) ?? []),
  );
  for (const each of strengths.filter(({ length }) => length === allowed.length && length > 0)) {
    const most = Math.max(...each);
    const fast = each.filter((strength) => strength * SAME_KIND_RATIO >= most).length;
    if (fast < each.length) {
      return [
        { kind: 'fast', cores: fast },
        { kind: 'slow', cores: each.length - fast },
      ];
    }
  }
  return [];
}

/** What sets the cores' frequency, with the preference set for it where it takes such hints. */
function governor(files: SystemFiles, allowed: readonly number[]): string | null {
  const [core] = allowed;
  const folder = `${CPU_FOLDER}/cpu${core ?? 0}/cpufreq`;
  const name = files.read(`${folder}/scaling_governor`);
  if (name === undefined) return null;
  const preference = files.read(`${folder}/energy_performance_preference`);
  return preference === undefined ? name : `${name} (${preference})`;
}

/** Whether cores may go beyond their nominal frequency; null where the system does not say. */
function turbo(files: SystemFiles): boolean | null {
  const off = readNumber(files, `${CPU_FOLDER}/intel_pstate/no_turbo`);
  if (off !== undefined) return off === 0;
  const boost = readNumber(files, `${CPU_FOLDER}/cpufreq/boost`);
  return boost === undefined ? null : boost === 1;
}

/** Whether this is a virtual machine; null where the system does not say. */
function isVirtual(files: SystemFiles): boolean | null {
  const flags = /^flags\s*:.*$/m.exec(files.read('/proc/cpuinfo') ?? '');
  if (flags !== null) return / hypervisor( |$)/.test(flags[0]);
  const hypervisors = ['/sys/hypervisor/type', '/proc/device-tree/hypervisor/compatible'];
  if (hypervisors.some((path) => files.read(path) !== undefined)) return true;
  const product = files.read('/sys/class/dmi/id/product_name');
  return product === undefined ? null : VIRTUAL_PRODUCT.test(product);
}

/** What virtual machines call themselves where a processor has no flag for it. */
const VIRTUAL_PRODUCT = /virtual|kvm|qemu|vmware|xen|bochs|parallels|compute engine|firecracker/i;

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
