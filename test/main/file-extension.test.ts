import { expect, it } from 'vitest';
import { withExtension } from '../../src/main/file-extension.js';

it.each([
  ['/a/tasks', '/a/tasks.csv'],
  ['/a/tasks.', '/a/tasks.csv'],
  ['/a/results 0.5', '/a/results 0.5.csv'],
  ['/a.b/tasks', '/a.b/tasks.csv'],
  ['/a/.hidden', '/a/.hidden.csv'],
  ['/a/tasks.csv', '/a/tasks.csv'],
  ['/a/tasks.CSV', '/a/tasks.CSV'],
  ['/a/table.txt', '/a/table.txt'],
])('a path has an extension: %s becomes %s', (path, whole) => {
  expect(withExtension(path, 'csv')).toBe(whole);
});
