import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../src/renderer/app/bridge.js';
import { Programs } from '../../../src/renderer/programs/programs.svelte.js';

/** Programs whose requests are answered from a table; what it has not is refused. */
function programsWith(answers: Readonly<Record<string, unknown>>) {
  const asked: unknown[][] = [];
  const ask = ((name: string, request: unknown) => {
    asked.push([name, request]);
    return Promise.resolve(
      name in answers
        ? { ok: true, value: answers[name] }
        : { ok: false, failure: { message: `no ${name} here` } },
    );
  }) as Ask;
  return { programs: new Programs({ problem: null, folder: '/home/me' }, ask), asked };
}

const INTERPRETER = { path: '/usr/bin/python3', version: '3.11', origin: 'PATH' };
const RUNNING = [
  { pid: 9, startTicks: 2, command: 'python3 b.py', version: null, problem: 'It may not be read' },
  { pid: 8, startTicks: 1, command: 'python3 a.py', version: '3.11.2', problem: null },
];
const LISTS = { interpreters: [INTERPRETER], runningPrograms: RUNNING };

describe('recording programs', () => {
  it('begins with the first interpreter and the first process that may be read', async () => {
    const { programs } = programsWith(LISTS);
    await programs.look();
    expect(programs.text).toMatchObject({ interpreter: INTERPRETER.path, process: '8 1' });
  });

  it('keeps what was chosen, and puts a script into its own folder unless one was said', async () => {
    const { programs } = programsWith({ ...LISTS, choosePath: '/work/app/main.py' });
    await programs.choose('script');
    expect(programs.text).toMatchObject({ script: '/work/app/main.py', folder: '/work/app' });
    programs.edit({ folder: '/elsewhere' });
    await programs.choose('script');
    expect(programs.text.folder).toBe('/elsewhere');
    await programs.look();
    expect(programs.text.script).toBe('/work/app/main.py');
  });

  it('lists an interpreter that was chosen among the others', async () => {
    const { programs } = programsWith({ ...LISTS, choosePath: '/opt/python' });
    await programs.look();
    await programs.choose('interpreter');
    await programs.look();
    expect(programs.interpreters.map(({ path }) => path)).toEqual([
      '/usr/bin/python3',
      '/opt/python',
    ]);
    expect(programs.text.interpreter).toBe('/opt/python');
  });

  it('says what was refused, and that nothing was started', async () => {
    const { programs, asked } = programsWith({});
    programs.edit({ kind: 'command', command: 'python3 a.py' });
    expect(await programs.record()).toBe(false);
    expect(programs.problem?.text).toBe('No startProgram here');
    expect(asked).toHaveLength(1);
    const other = programsWith({ startProgram: { status: 'cancelled' } }).programs;
    other.edit({ kind: 'command', command: 'python3 a.py' });
    expect(await other.record()).toBe(false);
    expect(other.problem?.text).toBe('It was not started');
  });

  it('asks for nothing where no program can be recorded', async () => {
    const asked: string[] = [];
    const ask = ((name: string) => {
      asked.push(name);
      return Promise.reject(new Error('no'));
    }) as Ask;
    const programs = new Programs({ problem: 'not here', folder: '/' }, ask);
    await programs.look();
    expect(asked).toEqual([]);
    expect(programs.refusal).toBe('not here');
  });

  it('has what a program printed once, also where it comes in parts and as a whole', async () => {
    const part = (text: string) => ({ stream: 'output' as const, text });
    const whole = { from: 0, parts: [part('one two three')], end: null };
    const { programs } = programsWith({ programOutput: whole });
    programs.take(1, { from: 0, parts: [part('one '), part('two ')], end: null });
    programs.take(1, whole);
    programs.take(1, { from: 13, parts: [], end: 'The program ended with status 0.' });
    const { parts = [], end } = programs.outputOf(1) ?? {};
    expect(parts.map(({ text }) => text).join('')).toBe('one two three');
    expect(end).toBe('The program ended with status 0.');
    await programs.fetchOutput(2);
    expect(programs.outputOf(2)?.parts).toHaveLength(1);
  });
});
