import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AskedProgram, StreamMessage } from '../../../src/ipc/index.js';
import { EntryList } from '../../../src/main/recordings/entry-list.js';
import { RecordingCache } from '../../../src/main/recordings/recording-cache.js';
import { Session } from '../../../src/main/recordings/session.js';
import { Pacer } from '../../../src/main/runs/pacer.js';
import { SpanStream } from '../../../src/main/runs/span-stream.js';
import type { Command } from '../../../src/main/programs/command.js';
import { ProgramService } from '../../../src/main/programs/program-service.js';
import { readStat } from '../../../src/python/proc.js';
import { spanCount } from '../../../src/recording/spans.js';
import { PythonProgram, SYSTEM_PYTHON } from '../../fixtures/pythons.js';
import { eachInFolder } from '../../fixtures/temporary-folder.js';

/** Real interpreters, recorded by the built sampler. */
const SAMPLER = pathToFileURL(resolve('out/main/sampler.js'));

/** Threads that want the lock until a file is there. */
const CONTENDED = `
import os, sys, threading
done = sys.argv[1]
def spin():
    while not os.path.exists(done):
        for _ in range(20000): pass
threads = [threading.Thread(target=spin, name=f'spin-{i}') for i in (0, 1)]
for thread in threads: thread.start()
print('ready', flush=True)
print('<b>careful</b>', file=sys.stderr)
for thread in threads: thread.join()
print('bye')
`;

let folder: string;
eachInFolder((made) => {
  folder = made;
});

function serviceWith(mayStart: (command: Command) => Promise<boolean>) {
  const posted: StreamMessage[] = [];
  const stream = new SpanStream();
  stream.connect(
    {
      postMessage: (message) => {
        if (message.type === 'history') return;
        posted.push(message);
      },
      on: (_, listener) => {
        acknowledge = (sequence) => {
          listener({ data: { type: 'ack', sequence } });
        };
      },
      start: () => undefined,
      close: () => undefined,
    },
    [],
  );
  const session = new Session(stream, new RecordingCache(1e9));
  const service = new ProgramService({
    session,
    stream,
    pacer: new Pacer(stream, () => 0),
    list: new EntryList(session),
    sampler: SAMPLER,
    places: { environment: process.env, home: folder },
    mayStart,
  });
  /** Resolves with the first message of a kind, once there is one that is as it should be. */
  const message = async <Type extends StreamMessage['type']>(
    type: Type,
    fits: (found: StreamMessage & { type: Type }) => boolean = () => true,
  ) =>
    vi.waitFor(
      () => {
        for (const each of posted) if (each.type === 'spans') acknowledge(each.sequence);
        const found = posted.find(
          (each): each is StreamMessage & { type: Type } =>
            each.type === type && fits(each as never),
        );
        if (found === undefined) throw new Error(`there was no ${type} that fits`);
        return found;
      },
      { timeout: 30_000, interval: 10 },
    );
  const printed = () =>
    posted
      .flatMap((each) => (each.type === 'output' ? each.output.parts : []))
      .map(({ text }) => text)
      .join('');
  return { service, session, posted, message, printed };
}

let acknowledge: (sequence: number) => void = () => undefined;

describe.runIf(process.platform === 'linux')('recording programs for the window', () => {
  let made: ReturnType<typeof serviceWith>;
  const asked: Command[] = [];

  beforeEach(() => {
    asked.length = 0;
    made = serviceWith((command) => {
      asked.push(command);
      return Promise.resolve(true);
    });
  });
  afterEach(async () => {
    await made.service.close();
  });

  const start = (program: AskedProgram) => made.service.start({ program, folder, rate: 1000 });
  const inPython = (code: string, ...words: string[]) =>
    start({ kind: 'command', words: [SYSTEM_PYTHON, '-c', code, ...words] });
  const ended = () => made.message('ended');

  it('shows threads, spans and output as they come, and keeps the recording', async () => {
    const done = join(folder, 'done');
    expect(await inPython(CONTENDED, done)).toEqual({ status: 'started', run: 1 });
    expect(asked).toEqual([{ words: [SYSTEM_PYTHON, '-c', CONTENDED, done], folder }]);
    await made.message('described', ({ about }) => about.description.lanes.includes('spin-1'));
    await made.message('spans');
    await made.message('sampled', ({ lengthNs }) => lengthNs > 0);
    await vi.waitFor(() => {
      expect(made.printed()).toContain('ready\n');
      expect(made.printed()).toContain('<b>careful</b>\n');
    });
    writeFileSync(done, '');
    expect(await ended()).toMatchObject({ run: 1, outcome: 'done', failure: null });

    const whole = await made.message('described', ({ repeats }) => repeats.length === 1);
    expect(whole.about.description.lanes).toEqual(['MainThread', 'spin-0', 'spin-1']);
    expect(whole.about.source).toMatchObject({
      kind: 'process',
      processes: [{ gil: 'enabled' }],
      threads: [{ native: false }, { lock: 0 }, { lock: 0 }],
    });
    const recording = made.session.recording(1);
    const kept = recording.repeats[0]?.spans.reduce((sum, words) => sum + spanCount(words), 0);
    expect(kept).toBe(whole.repeats[0]?.spans);
    await made.message('output', ({ output }) => output.end !== null);
    expect(made.service.output(1).end).toBe('The program ended with status 0.');
    expect(made.printed()).toContain('bye\n');
  });

  it('does not start what the user would rather not', async () => {
    const refusing = serviceWith(() => Promise.resolve(false));
    const program = {
      kind: 'command',
      words: [SYSTEM_PYTHON, '-c', `open('${folder}/x', 'w')`],
    } as const;
    expect(
      await refusing.service.start({
        program: { ...program, words: [...program.words] },
        folder,
        rate: 1000,
      }),
    ).toEqual({ status: 'cancelled' });
    expect(existsSync(join(folder, 'x'))).toBe(false);
    expect(refusing.session.isRunning).toBe(false);
    expect(refusing.posted).toEqual([]);
  });

  it('is stopped as by Ctrl+C, with what the program started', async () => {
    const code = `
import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
print(child.pid, flush=True)
try:
    time.sleep(600)
except KeyboardInterrupt:
    print('interrupted', flush=True)
`;
    await inPython(code);
    await made.message('sampled', ({ lengthNs }) => lengthNs > 0);
    const child = Number(
      await vi.waitFor(
        () => /^\d+\n/.exec(made.printed())?.[0] ?? Promise.reject(new Error('none')),
      ),
    );
    made.session.stop();
    expect(await ended()).toMatchObject({ outcome: 'done' });
    await made.message('output', ({ output }) => output.end !== null);
    expect(made.printed()).toContain('interrupted');
    await vi.waitFor(() => {
      expect(readStat(child)?.state ?? 'Z').toBe('Z');
    });
  });

  it('kills what a stopped program started, also where it outlives it', async () => {
    const deaf =
      'import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(1, flush=True); time.sleep(600)';
    const code = `
import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', '${deaf}'], stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(600)
`;
    await inPython(code);
    await made.message('sampled', ({ lengthNs }) => lengthNs > 0);
    const child = Number(
      await vi.waitFor(
        () => /^\d+\n/.exec(made.printed())?.[0] ?? Promise.reject(new Error('none')),
      ),
    );
    made.session.stop();
    await ended();
    expect(readStat(child)?.state).not.toBe('Z');
    // Quitting does not wait for as long as a stopped program may take.
    await made.service.close();
    await vi.waitFor(() => {
      expect(readStat(child)?.state ?? 'Z').toBe('Z');
    });
  });

  it('does not start what was stopped before it could', async () => {
    const code = `open('${folder}/x', 'w')`;
    const starting = inPython(code);
    while (!made.session.isRunning) await Promise.resolve();
    made.session.stop();
    expect(await starting).toEqual({ status: 'cancelled' });
    expect(existsSync(join(folder, 'x'))).toBe(false);
    expect(made.session.isRunning).toBe(false);
  });

  it.each([
    ['fails by itself', 'exit 3', 'The program ended with status 3 before it could be recorded'],
    ['runs no Python', 'true', /runs no CPython|no CPython was found|has ended/],
  ])('says why there is no recording of a program that %s', async (_, script, reason) => {
    await start({ kind: 'command', words: ['sh', '-c', script] });
    const { outcome, failure } = await ended();
    expect(outcome).toBe('failed');
    expect(failure?.message).toMatch(reason);
    expect(made.session.isRunning).toBe(false);
  });

  it.each([
    ['crashes', 'os.kill(os.getpid(), signal.SIGSEGV)', 'SIGSEGV'],
    ['is killed', 'os.kill(os.getpid(), signal.SIGKILL)', 'SIGKILL'],
  ])('keeps what was recorded of a program that %s, and says so', async (_, end, signal) => {
    await inPython(`import os, signal, time\ntime.sleep(0.3)\n${end}`);
    expect(await ended()).toMatchObject({ outcome: 'done' });
    const { source } = made.session.recording(1);
    expect(source).toMatchObject({ warnings: [{ code: 'program-killed' }] });
    await made.message('output', ({ output }) => output.end !== null);
    expect(made.service.output(1).end).toBe(`The program was ended by ${signal}.`);
  });

  it('of 100 MB of output keeps the end, and the recording goes on', async () => {
    const code = `
import sys
block = ('x' * 99 + '\\n') * 10000
for _ in range(100): sys.stdout.write(block)
print('the end')
`;
    await inPython(code);
    expect(await ended()).toMatchObject({ outcome: 'done' });
    await made.message('output', ({ output }) => output.end !== null);
    const { parts, from } = made.service.output(1);
    expect(parts.at(-1)?.text.endsWith('the end\n')).toBe(true);
    expect(from).toBeGreaterThan(99e6);
  });

  it('records what closes its streams, and ends with a program that leaves others behind', async () => {
    const code = `
import os, sys, time
sys.stdout.close(); sys.stderr.close()
os.close(1); os.close(2)
if os.fork() == 0:
    os.setsid()
    open(sys.argv[1], 'w').write(str(os.getpid()))
    time.sleep(600)
while not os.path.exists(sys.argv[1]) or not open(sys.argv[1]).read(): time.sleep(0.01)
time.sleep(0.1)
`;
    const noted = join(folder, 'daemon');
    await inPython(code, noted);
    expect(await ended()).toMatchObject({ outcome: 'done' });
    const daemon = Number(readFileSync(noted, 'utf8'));
    expect(readStat(daemon)).not.toBeNull();
    process.kill(daemon, 'SIGKILL');
  });

  it('refuses what cannot be started, and is ready for the next', async () => {
    const program = join(folder, 'broken');
    writeFileSync(program, '#!/nowhere/python3\n');
    chmodSync(program, 0o755);
    await expect(start({ kind: 'command', words: [program] })).rejects.toThrow(
      /^cannot start .*broken: /,
    );
    expect(made.session.isRunning).toBe(false);
    await expect(start({ kind: 'command', words: ['none-such'] })).rejects.toThrow('no program');
    await inPython('pass');
    await expect(inPython('pass')).rejects.toThrow('is on already');
    await ended();
  });

  it('attaches to a process of the list without a question, and leaves it running', async () => {
    const program = PythonProgram.start(SYSTEM_PYTHON, '-c', CONTENDED, join(folder, 'done'));
    expect(await program.line()).toBe('ready');
    const listed = await vi.waitFor(async () => {
      const found = (await made.service.running()).find(({ pid }) => pid === program.pid);
      if (found === undefined) throw new Error('it is not listed');
      return found;
    });
    expect(listed).toMatchObject({
      version: expect.stringMatching(/^3\.\d+\.\d+$/) as string,
      problem: null,
    });
    const { pid, startTicks } = listed;
    expect(await made.service.attach({ pid, startTicks, rate: 1000 })).toBe(1);
    await made.message('described', ({ about }) => about.description.lanes.includes('spin-0'));
    await made.message('sampled', ({ lengthNs }) => lengthNs > 50e6);
    made.session.stop();
    expect(await ended()).toMatchObject({ outcome: 'done' });
    expect(asked).toEqual([]);
    expect(readStat(pid)).not.toBeNull();
    expect(() => made.service.output(1)).toThrow('No output');
  });

  it('attaches to no process that has ended, nor to another with its number', async () => {
    const child = spawn('sleep', ['600']);
    await once(child, 'spawn');
    const pid = child.pid ?? NaN;
    const { startTicks = NaN } = readStat(pid) ?? {};
    await expect(
      made.service.attach({ pid, startTicks: startTicks + 1, rate: 1000 }),
    ).rejects.toThrow(`Process ${pid} has ended`);
    await made.service.attach({ pid, startTicks, rate: 1000 });
    const { outcome, failure } = await ended();
    expect(outcome).toBe('failed');
    expect(failure?.message).toMatch(/runs no CPython/);
    child.kill('SIGKILL');
  });

  it('ends what it started when the app is closed', async () => {
    await inPython(
      'import time, signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(600)',
    );
    await made.message('sampled', ({ lengthNs }) => lengthNs > 0);
    const { source } = (await made.message('described')).about;
    const pid = source.kind === 'process' ? (source.processes[0]?.pid ?? NaN) : NaN;
    await made.service.close();
    expect(readStat(pid)?.state ?? 'Z').toBe('Z');
    await ended();
  });
});
