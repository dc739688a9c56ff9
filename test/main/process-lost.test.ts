import { expect, it } from 'vitest';
import { LOAD_AGAIN, pageKeepsBeingLost, processLost } from '../../src/main/process-lost.js';

it.each([
  [
    'page',
    'killed',
    /^The window’s page was lost \(something outside ended it\) and has been loaded/,
  ],
  ['GPU', 'crashed', /^The window’s graphics process was lost \(it crashed\) and is started again/],
  ['Network Service', 'oom', /helper “Network Service” was lost \(it ran out of memory\)/],
  ['Utility', 'something-new', /helper “Utility” was lost \(something-new\)/],
])('says of the %s, %s, what was lost and that runs are kept', (name, reason, said) => {
  const message = processLost(name, reason);
  expect(message).toMatchObject({ failure: { message: expect.stringMatching(said) as string } });
  expect(message).toMatchObject({
    failure: { message: expect.stringMatching(/are kept/) as string },
  });
});

it('says of a page that is lost at each load why, what is kept and what to do', () => {
  const { message, detail, buttons, cancelId } = pageKeepsBeingLost('oom');
  expect(message).toContain('each time it is loaded');
  expect(detail).toMatch(/it ran out of memory.*is kept.*--profile FOLDER.*--disable-gpu/s);
  expect(buttons?.[LOAD_AGAIN]).toMatch(/again/);
  // A dialog that is closed loses nothing.
  expect(cancelId).toBe(LOAD_AGAIN);
});
