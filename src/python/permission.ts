import { existsSync, readFileSync, readlinkSync, statSync } from 'node:fs';

/** What decides whether a process's memory may be read. */
export interface PermissionFacts {
  /** The user that reads; 0 is root. */
  readonly ownUser: number;
  /** The user that the process belongs to; null where it is not known. */
  readonly processUser: number | null;
  /** The kernel's restriction, 0 to 3 (`kernel.yama.ptrace_scope`); null where it has none. */
  readonly yama: number | null;
  /** Whether both are in one user namespace; null where it is not known. */
  readonly sameNamespace: boolean | null;
  /** Whether it lets its own user look into it; null where it is not known. */
  readonly dumpable: boolean | null;
  /** Whether we run inside a container. */
  readonly inContainer: boolean;
}

/** Says why a process's memory may not be read and what to do, in one line. */
export function whyNotPermitted(label: string, facts: PermissionFacts): string {
  const { ownUser, processUser, yama, sameNamespace, dumpable, inContainer } = facts;
  const start = 'start it by "gilscope record -- COMMAND" instead';
  if (yama === 3) {
    return `${label} may not be read: kernel.yama.ptrace_scope is 3, which forbids it until the next boot`;
  }
  if (ownUser !== 0 && processUser !== null && processUser !== ownUser) {
    return `${label} may not be read: it is user ${processUser}'s, and you are ${ownUser}: run Gilscope as that user, or as root`;
  }
  if (sameNamespace === false) {
    return `${label} may not be read: it runs in another container: run Gilscope inside that, or as root outside`;
  }
  if (ownUser !== 0 && yama === 2) {
    return `${label} may not be read: kernel.yama.ptrace_scope is 2: run Gilscope as root (it needs CAP_SYS_PTRACE)`;
  }
  if (ownUser !== 0 && yama === 1) {
    return `${label} may not be read: kernel.yama.ptrace_scope is 1, which allows one's own children alone: ${start}, or run "sudo sysctl kernel.yama.ptrace_scope=0"`;
  }
  if (inContainer && dumpable !== false) {
    return `${label} may not be read from this container: run the container with --cap-add SYS_PTRACE, or ${start}`;
  }
  return `${label} may not be read although it is yours: it runs with other rights than you (set-user-ID, capabilities, or marked as not dumpable): run Gilscope as root`;
}

/** Reads what decides about a process on this machine. */
export function readPermissionFacts(pid: number): PermissionFacts {
  const processUser = attempt(() => statSync(`/proc/${pid}`).uid);
  // The files of a process that is not dumpable belong to root.
  const memoryUser = attempt(() => statSync(`/proc/${pid}/mem`).uid);
  const own = attempt(() => readlinkSync('/proc/self/ns/user'));
  const other = attempt(() => readlinkSync(`/proc/${pid}/ns/user`));
  const yama = attempt(() => readFileSync('/proc/sys/kernel/yama/ptrace_scope', 'utf8'));
  return {
    ownUser: process.geteuid?.() ?? 0,
    processUser,
    yama: yama === null ? null : Number(yama),
    sameNamespace: own === null || other === null ? null : own === other,
    dumpable: processUser === null || memoryUser === null ? null : processUser === memoryUser,
    inContainer: existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
  };
}

function attempt<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}
