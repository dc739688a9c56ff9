/**
 * The system calls in which threads of programs wait, by their numbers (Linux,
 * arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h, which arm64 has).
 */
const NAMES_X64: Readonly<Record<number, string>> = {
  0: 'read',
  1: 'write',
  7: 'poll',
  8: 'lseek',
  17: 'pread64',
  18: 'pwrite64',
  19: 'readv',
  20: 'writev',
  23: 'select',
  34: 'pause',
  35: 'nanosleep',
  40: 'sendfile',
  42: 'connect',
  43: 'accept',
  44: 'sendto',
  45: 'recvfrom',
  46: 'sendmsg',
  47: 'recvmsg',
  61: 'wait4',
  72: 'fcntl',
  73: 'flock',
  74: 'fsync',
  75: 'fdatasync',
  128: 'rt_sigtimedwait',
  202: 'futex',
  219: 'restart_syscall',
  230: 'clock_nanosleep',
  232: 'epoll_wait',
  247: 'waitid',
  257: 'openat',
  270: 'pselect6',
  271: 'ppoll',
  281: 'epoll_pwait',
  288: 'accept4',
  426: 'io_uring_enter',
  441: 'epoll_pwait2',
};

const NAMES_ARM64: Readonly<Record<number, string>> = {
  22: 'epoll_pwait',
  25: 'fcntl',
  32: 'flock',
  56: 'openat',
  62: 'lseek',
  63: 'read',
  64: 'write',
  65: 'readv',
  66: 'writev',
  67: 'pread64',
  68: 'pwrite64',
  71: 'sendfile',
  72: 'pselect6',
  73: 'ppoll',
  82: 'fsync',
  83: 'fdatasync',
  95: 'waitid',
  98: 'futex',
  101: 'nanosleep',
  115: 'clock_nanosleep',
  128: 'restart_syscall',
  137: 'rt_sigtimedwait',
  202: 'accept',
  203: 'connect',
  206: 'sendto',
  207: 'recvfrom',
  211: 'sendmsg',
  212: 'recvmsg',
  242: 'accept4',
  260: 'wait4',
  426: 'io_uring_enter',
  441: 'epoll_pwait2',
};

const NAMES = process.arch === 'arm64' ? NAMES_ARM64 : NAMES_X64;

/** What a thread is said to be blocked in: a system call by name or number, another lock, or the kernel. */
export function blockedIn(call: number): string {
  if (call < 0) return 'the kernel';
  return call === FUTEX ? 'another lock' : (NAMES[call] ?? `system call ${call}`);
}

function numberOf(name: string): number {
  return Number(Object.entries(NAMES).find(([, known]) => known === name)?.[0] ?? NaN);
}

/** The call in which locks wait (futex(2)); its first argument is the lock's word. */
export const FUTEX = numberOf('futex');

const SLEEPS = ['nanosleep', 'clock_nanosleep'].map(numberOf);

/** Waiting for any of so many files, by which argument says how many; for none it is a sleep. */
const SELECTS = [numberOf('select'), numberOf('pselect6')];
const POLLS = [numberOf('poll'), numberOf('ppoll')];

/** Whether a call sleeps: by name, or as it waits for no file (`time.sleep` before Python 3.11). */
export function isSleep(call: number, first: number, second: number): boolean {
  if (SLEEPS.includes(call)) return true;
  return (SELECTS.includes(call) && first === 0) || (POLLS.includes(call) && second === 0);
}
