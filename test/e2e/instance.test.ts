import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { commandOf, expect, launch, test } from './app.js';

/** Starts the app beside one that runs; gives its exit status and what it said. */
async function startBeside(
  words: readonly string[],
): Promise<{ code: number | null; said: string }> {
  const [program, args] = commandOf(words);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [said, code] = await Promise.all([text(child.stderr), exit]);
  return {
    code,
    said: said
      .split('\n')
      .filter((line) => line.startsWith('gilscope'))
      .join('\n'),
  };
}

test('a second start on a profile brings the first window to the front, and ends', async ({
  app,
  page,
  folder,
}) => {
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.hide();
  });
  const profile = `--user-data-dir=${join(folder, 'profile')}`;
  const starts = await Promise.all([1, 2, 3].map(() => startBeside([profile, '.', 'a.gilscope'])));
  const line =
    'gilscope: It is open, and was brought to the front; --profile FOLDER opens another.';
  expect(starts).toEqual(starts.map(() => ({ code: 0, said: line })));
  const seen = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  );
  expect(seen).toEqual([true]);
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
});

test('a start with a profile of its own opens a window of its own', async ({ page, folder }) => {
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
  const other = await launch(folder, ['.', '--profile', join(folder, 'other')], 'light');
  const userData = await other.evaluate(({ app }) => app.getPath('userData'));
  expect(userData).toBe(join(folder, 'other'));
  await expect(
    (await other.firstWindow()).getByRole('button', { name: 'Run', exact: true }),
  ).toBeVisible();
  await other.close();
});

for (const [name, words] of [
  ['no folder', ['--profile']],
  ['a folder that cannot be made', ['--profile', '/proc/x']],
] as const) {
  test(`--profile with ${name} is refused in a line`, async ({ folder }) => {
    await mkdir(join(folder, 'profile'));
    const { code, said } = await startBeside(['.', ...words]);
    expect(code).toBe(2);
    expect(said).toMatch(/^gilscope: --profile .*$/);
  });
}
