import { describe, expect, it } from 'vitest';
import { numberSigns } from '../../../src/base/number-text.js';
import { judgeRecord, type RecordText } from '../../../src/renderer/programs/record-form.js';

const SIGNS = numberSigns('en');
const FILLED: RecordText = {
  kind: 'script',
  interpreter: '/usr/bin/python3',
  script: ' app.py ',
  module: 'a.b',
  command: "bash -c 'python3 app.py'",
  arguments: `-v 'two words'`,
  folder: '/home/me',
  rate: '4000',
  process: '40 900',
};
const RUNNING = [
  { pid: 40, startTicks: 900, command: 'python3 a.py', version: '3.11.2', problem: null },
  { pid: 41, startTicks: 901, command: 'python3 b.py', version: null, problem: 'It may not be' },
];
const judge = (changes: Partial<RecordText>) =>
  judgeRecord({ ...FILLED, ...changes }, RUNNING, SIGNS);
const program = (changes: Partial<RecordText>) => {
  const judged = judge(changes);
  if (!judged.ok || judged.asked.name !== 'startProgram') return null;
  return judged.asked.request.program;
};

describe('the form of what to record', () => {
  it('asks for a script, a module and a command, in words', () => {
    const shared = { interpreter: '/usr/bin/python3', arguments: ['-v', 'two words'] };
    expect(program({})).toEqual({ kind: 'script', script: 'app.py', ...shared });
    expect(program({ kind: 'module' })).toEqual({ kind: 'module', module: 'a.b', ...shared });
    expect(program({ kind: 'command' })).toEqual({
      kind: 'command',
      words: ['bash', '-c', 'python3 app.py'],
    });
  });

  it('asks for a process by its number and its start', () => {
    expect(judge({ kind: 'running' })).toEqual({
      ok: true,
      asked: { name: 'attachToProgram', request: { pid: 40, startTicks: 900, rate: 4000 } },
    });
  });

  it.each<readonly [string, Partial<RecordText>, string]>([
    ['a script is missing', { script: ' ' }, 'script'],
    ['a module is missing', { kind: 'module', module: '' }, 'module'],
    ['a command is missing', { kind: 'command', command: '' }, 'command'],
    ['there is no interpreter', { interpreter: '' }, 'interpreter'],
    ['there is no folder', { folder: '' }, 'folder'],
    ['a quote has no end', { arguments: '"half' }, 'arguments'],
    ['a quote of a command has no end', { kind: 'command', command: "'half" }, 'command'],
    ['the rate is too low', { rate: '99' }, 'rate'],
    ['the rate is too high', { rate: '20001' }, 'rate'],
    ['the rate is no number', { rate: 'often' }, 'rate'],
    ['no process is chosen', { kind: 'running', process: '' }, 'process'],
    ['the process has gone', { kind: 'running', process: '40 899' }, 'process'],
    ['the process may not be read', { kind: 'running', process: '41 901' }, 'process'],
  ])('says at its field that %s', (_, changes, field) => {
    expect(judge(changes)).toMatchObject({ ok: false, field });
  });

  it('does not mind what other kinds have in their fields', () => {
    expect(judge({ kind: 'command', script: '', arguments: '"half', interpreter: '' }).ok).toBe(
      true,
    );
    expect(judge({ kind: 'running', folder: '', command: "'" }).ok).toBe(true);
  });
});
