import { expect, fillForm, launch, test } from './app.js';

/** What is kept from one start to the next on the same profile. */

test('the form says what it said last', async ({ folder }) => {
  const first = await launch(folder, ['.']);
  const before = await first.firstWindow();
  await fillForm(before, { Threads: 3, Workload: 'sleep' });
  // A field that is wrong keeps what it said before.
  await fillForm(before, { Matrices: 12 });
  await before.getByRole('spinbutton', { name: 'Matrices' }).fill('none');
  await first.close();
  const second = await launch(folder, ['.']);
  const after = await second.firstWindow();
  await expect(after.getByRole('spinbutton', { name: 'Threads' })).toHaveValue('3');
  await expect(after.getByRole('combobox', { name: 'Workload' })).toHaveValue('sleep');
  await expect(after.getByRole('spinbutton', { name: 'Matrices' })).toHaveValue('12');
  await second.close();
});
