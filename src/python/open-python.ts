import { readFileSync } from 'node:fs';
import { attach, type ReadableProcess } from './attach.js';
import { parseMaps } from './maps.js';
import { readPermissionFacts, whyNotPermitted } from './permission.js';
import { ageOf, executableOf, readStat, taskIds } from './proc.js';
import { ProcMemory } from './proc-memory.js';
import type { PythonProcess } from './python-process.js';
import { PythonRefusal } from './refusal.js';
import { SourceFiles } from './source-files.js';

/**
 * Opens a running CPython for reading. Nothing is written to it, and it does not notice.
 *
 * @throws PythonRefusal where there is none that can be read
 */
export function openPython(pid: number): PythonProcess {
  const readable = openProcess(pid);
  try {
    return attach(readable);
  } catch (error) {
    readable.close();
    throw error;
  }
}

/**
 * Opens the memory of a process, whatever it runs.
 *
 * @throws PythonRefusal where it may not be read
 */
export function openProcess(pid: number): ReadableProcess {
  refuseOtherSystems(process.platform, process.arch);
  const stat = readStat(pid);
  const executable = executableOf(pid);
  const label = `process ${pid}${executable === '' ? '' : ` (${executable})`}`;
  if (stat === null || stat.state === 'Z') throw gone(label);
  const memory = whereReadable(pid, label, () => new ProcMemory(pid));
  const close = (): void => {
    memory.close();
  };
  try {
    const maps = whereReadable(pid, label, () => readFileSync(`/proc/${pid}/maps`, 'utf8'));
    const mappings = parseMaps(maps);
    // Kernel threads have no memory; nor has a process that ends just now.
    if (mappings.length === 0) throw gone(label);
    const { startTicks } = stat;
    const ageSeconds = ageOf(stat);
    const sources = new SourceFiles(pid, Date.now() - ageSeconds * 1000);
    return {
      pid,
      startTicks,
      ageSeconds,
      executable,
      label,
      memory,
      mappings,
      sourceTexts: sources.text,
      taskIds: () => taskIds(pid),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** @throws PythonRefusal where Gilscope cannot read other processes */
export function refuseOtherSystems(platform: string, processor: string): void {
  if (platform === 'linux' && (processor === 'x64' || processor === 'arm64')) return;
  throw new PythonRefusal(
    'platform',
    `Python programs can be recorded on Linux with an x86-64 or arm64 processor; this is ${platform} on ${processor}`,
  );
}

function gone(label: string): PythonRefusal {
  return new PythonRefusal('gone', `${label} has ended, or there never was one`);
}

/** Returns what an opening yields; the system's refusals become those of this room. */
function whereReadable<Value>(pid: number, label: string, open: () => Value): Value {
  try {
    return open();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH') throw gone(label);
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    throw new PythonRefusal('not-permitted', whyNotPermitted(label, readPermissionFacts(pid)));
  }
}
