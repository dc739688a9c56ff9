import { readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { Control } from './control.js';
import type { SamplerMessage, SamplerTask } from './messages.js';
import { ProcessTree } from './process-tree.js';
import { Sampler } from './sampler.js';

/**
 * The sampler's thread, in the process that started the program: where only ancestors may read a process
 * (Yama), it is one. It never waits for messages.
 */

/** How late a timed wait of this thread may end, in ns: 50,000 unless it is set. */
const TIMER_SLACK_NS = 1000;

const port = parentPort;
if (port === null) throw new Error('the sampler runs in a worker');
const { control: buffer, ...task } = workerData as SamplerTask;
const control = new Control(buffer);
const post = (message: SamplerMessage, transfer: readonly ArrayBuffer[] = []) => {
  port.postMessage(message, transfer);
};

sharpenTimer();
takePriority();
post({ type: 'ready' });
const pid = control.waitForStart();
if (pid !== null) {
  const sampler = new Sampler(new ProcessTree(pid), task, {
    now,
    post,
    cpuNs,
    sleep: (ms) => {
      control.sleep(ms);
    },
    isStopped: () => control.isStopped,
  });
  post({ type: 'done', summary: sampler.run() });
}

/** CLOCK_MONOTONIC in ns; exact up to 2^53 ns, which is 104 days. */
function now(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e9 + nanoseconds;
}

/** Processor time of this thread (proc(5), schedstat). */
function cpuNs(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]);
  } catch {
    return 0;
  }
}

/** Asks for cores before others, which few users may have; without, samples come late on busy machines. */
function takePriority(): void {
  try {
    setPriority(ownTid(), constants.priority.PRIORITY_HIGH);
  } catch {
    // As it was.
  }
}

function ownTid(): number {
  return Number(readlinkSync('/proc/thread-self').split('/').at(-1));
}

/** Has timed waits of this thread end on time; where that is not allowed they end a little later. */
function sharpenTimer(): void {
  try {
    writeFileSync(`/proc/${ownTid()}/timerslack_ns`, String(TIMER_SLACK_NS));
  } catch {
    // As it was.
  }
}
