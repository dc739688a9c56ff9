import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  _electron,
  errors,
  test as base,
  type ElectronApplication,
  type Page,
} from '@playwright/test';
import type { SaveDialogOptions } from 'electron';

/** What a test of the window gets: the app, its page, and a folder that is removed afterwards. */
interface AppFixtures {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly folder: string;
}

/**
 * Starts the built app in a real window with a profile of its own. The executable comes from
 * `npm run electron-path` in GILSCOPE_ELECTRON, as `npm test` sets it.
 */
export const test = base.extend<AppFixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'gilscope-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  app: async ({ folder }, use) => {
    const app = await launch(folder, ['.']);
    await use(app);
    await closeUnsaved(app);
  },
  page: async ({ app }, use) => {
    const page = await app.firstWindow();
    // The form is there once the page knows the machine.
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    await use(page);
  },
});

export { expect } from '@playwright/test';

/** How long a start may take, in ms: twenty times what it takes on an idle machine. */
const START_TIMEOUT_MS = 20_000;

/**
 * Starts Electron on an app, with its profile in a folder of the test's. Attaching to Electron's
 * two debuggers as it starts can hang, once in hundreds of times on a busy machine, before any of
 * the app runs; such a start is ended and made anew, once. The page is told of a light theme, or of
 * the app's own where `colorScheme` is null.
 */
export async function launch(
  folder: string,
  words: readonly string[],
  colorScheme: 'light' | null = 'light',
): Promise<ElectronApplication> {
  const start = (profile: string) =>
    _electron.launch({
      ...executable(),
      args: [...sandboxFlags(), `--user-data-dir=${join(folder, profile)}`, ...words],
      timeout: START_TIMEOUT_MS,
      colorScheme,
    });
  return start('profile').catch((error: unknown) => {
    if (error instanceof errors.TimeoutError) return start('second-profile');
    throw error;
  });
}

/** The parameters that a test sets in the form, by accessible name. */
export type FormValues = Readonly<Record<string, number | string>>;

/** Fills in the form: numbers into spin buttons, texts into comboboxes by option value. */
export async function fillForm(page: Page, values: FormValues): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'number') {
      await page.getByRole('spinbutton', { name, exact: true }).fill(String(value));
    } else {
      await page.getByRole('combobox', { name, exact: true }).selectOption(value);
    }
  }
}

/** Presses Run and waits until the run of that number has ended. */
export async function runToEnd(page: Page, run: number): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await runInList(page, run).waitFor();
  await page
    .getByRole('button', { name: 'Run', exact: true })
    .and(page.locator(':enabled'))
    .waitFor();
}

/** The entry of the list of runs at a place counted from 1. */
export function runInList(page: Page, place: number) {
  return page
    .getByRole('list', { name: 'Runs' })
    .getByRole('listitem')
    .nth(place - 1);
}

/**
 * Has the next save dialogs answer with a path, without showing them. Gives what reads what the last
 * one was to show.
 */
export async function answerSaveDialog(
  app: ElectronApplication,
  path: string,
): Promise<() => Promise<SaveDialogOptions>> {
  await app.evaluate(({ app: main, dialog }, filePath) => {
    dialog.showSaveDialog = (...words: unknown[]) => {
      Object.assign(main, { lastSaveDialog: words.at(-1) });
      return Promise.resolve({ canceled: false, filePath });
    };
  }, path);
  return () =>
    app.evaluate(({ app: main }) => Reflect.get(main, 'lastSaveDialog') as SaveDialogOptions);
}

/** Has the next open dialogs answer with paths, without showing them. */
export async function answerOpenDialog(
  app: ElectronApplication,
  paths: readonly string[],
): Promise<void> {
  await app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
    },
    [...paths],
  );
}

/** Has the next questions answered by the button of that number, without showing them. */
export async function answerQuestions(app: ElectronApplication, button: number): Promise<void> {
  await app.evaluate(({ app: main, dialog }, response) => {
    const asked = (Reflect.get(main, 'questionsAsked') ?? []) as string[];
    Object.assign(main, { questionsAsked: asked });
    dialog.showMessageBox = (...words: unknown[]) => {
      asked.push((words.at(-1) as { message: string }).message);
      return Promise.resolve({ response, checkboxChecked: false });
    };
  }, button);
}

/** The questions that were answered so far. */
export function questionsAsked(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(({ app: main }) => Reflect.get(main, 'questionsAsked') as string[]);
}

/** Closes the app without saving what it has. */
async function closeUnsaved(app: ElectronApplication): Promise<void> {
  const discard = 1;
  // A test may have ended it.
  await answerQuestions(app, discard).catch(() => undefined);
  await app.close();
}

/** The program and the words that start Electron without Playwright. */
export function commandOf(words: readonly string[]): [program: string, words: string[]] {
  return [executable().executablePath ?? 'electron', [...sandboxFlags(), ...words]];
}

function executable(): { executablePath?: string } {
  const path = process.env['GILSCOPE_ELECTRON'];
  return path === undefined ? {} : { executablePath: path };
}

function sandboxFlags(): string[] {
  return process.env['GILSCOPE_NO_SANDBOX'] === '1' ? ['--no-sandbox'] : [];
}
