import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LOG_BYTES_MOST, LogFile } from '../../src/main/log-file.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let path: string;
eachInFolder((folder) => {
  path = join(folder, 'gilscope.log');
});

const now = () => new Date('2026-03-04T05:06:07.089Z');
const logged = () => readFileSync(path, 'utf8');

it('has a line for each event, whatever that says', () => {
  const log = new LogFile(path, now);
  log.write('start');
  log.write('failure: a\nb\u0000\u202ec');
  new LogFile(path, now).write('x'.repeat(10_000));
  const lines = logged().split('\n');
  expect(lines.slice(0, 2)).toEqual([
    '2026-03-04T05:06:07.089Z start',
    '2026-03-04T05:06:07.089Z failure: a b c',
  ]);
  expect(lines[2]?.length).toBeLessThan(600);
  expect(lines).toHaveLength(4);
});

it.each(['cannot read it: "secret" is no number', '“secret” is none', 'in JSON at "secret'])(
  'leaves out what a message quotes: %s',
  (message) => {
    new LogFile(path, now).write(message);
    expect(logged()).not.toContain('secret');
  },
);

it('has what failed of what the page is told, and nothing else', () => {
  const log = new LogFile(path, now);
  log.writeFailureIn({ type: 'failed', failure: { message: 'no room' } });
  log.writeFailureIn({ type: 'ended', run: 1, outcome: 'done', overview: null, failure: null });
  log.writeFailureIn({ type: 'recent', files: ['mine.gilscope'] });
  expect(logged()).toBe('2026-03-04T05:06:07.089Z failure (failed): no room\n');
});

it('is bounded, with the log before it beside it', () => {
  const log = new LogFile(path, now);
  const line = 'x'.repeat(400);
  for (let bytes = 0; bytes < 3 * LOG_BYTES_MOST; bytes += 400) log.write(line);
  expect(statSync(path).size).toBeLessThan(LOG_BYTES_MOST + 600);
  expect(statSync(`${path}.old`).size).toBeLessThan(LOG_BYTES_MOST + 600);
});

it('does without a place to write to', () => {
  mkdirSync(path);
  new LogFile(path, now).write('start');
  new LogFile(join(path, 'none', 'log'), now).write('start');
  expect(existsSync(join(path, 'none'))).toBe(false);
});
