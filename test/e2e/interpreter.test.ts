import { posingAnswers, posingPython } from '../fixtures/posing-python.js';
import { answerOpenDialog, answerQuestions, expect, questionsAsked, test } from './app.js';

test('the interpreter’s time is measured in a Python that the user chooses, once a question has been answered', async ({
  app,
  page,
  folder,
}) => {
  const field = page.getByRole('spinbutton', { name: 'Interpreter time (µs)' });
  const measure = page.getByRole('button', { name: 'Measure in Python…' });
  const path = posingPython(folder, posingAnswers(`echo 'gilscope {"iterationNs": 12340}'`));
  await answerOpenDialog(app, [path]);
  const [cancel, start] = [1, 0];

  await answerQuestions(app, cancel);
  await measure.click();
  await expect(measure).toBeEnabled();
  await expect(field).toHaveValue('0');

  await answerQuestions(app, start);
  await measure.click();
  await expect(field).toHaveValue('12.34');
  await expect(page.getByRole('status')).toContainText(
    'An iteration of NumPy takes 12.3 µs of the interpreter’s time in CPython 3.99.0',
  );
  expect(await questionsAsked(app)).toEqual(['Start this Python?', 'Start this Python?']);
  await page.keyboard.press('Control+z');
  await expect(field).toHaveValue('0');
});

test('a Python in which nothing can be measured is refused in a line', async ({
  app,
  page,
  folder,
}) => {
  await answerOpenDialog(app, [posingPython(folder, 'echo "not for you" >&2; exit 3')]);
  await answerQuestions(app, 0);
  await page.getByRole('button', { name: 'Measure in Python…' }).click();
  await expect(page.getByRole('alert')).toContainText(
    'is no Python that can be measured in: it ended with status 3 (not for you)',
  );
});

test('measuring that does not end is stopped by the same button', async ({ app, page, folder }) => {
  await answerOpenDialog(app, [posingPython(folder, 'exec tail -f /dev/null')]);
  await answerQuestions(app, 0);
  await page.getByRole('button', { name: 'Measure in Python…' }).click();
  await page.getByRole('button', { name: 'Stop measuring in Python' }).click();
  await page.getByRole('button', { name: 'Measure in Python…' }).waitFor();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
