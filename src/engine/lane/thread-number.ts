import { readlinkSync } from 'node:fs';

/** Returns the system's number of the thread that calls; 0 where the system has none. */
export function threadNumber(): number {
  try {
    // On Linux it points to `PID/task/TID` (proc_thread-self(5)).
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1));
  } catch {
    return 0;
  }
}
