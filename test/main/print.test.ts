import { describe, expect, it } from 'vitest';
import { print } from '../../src/main/print.js';

/** A page whose printing comes to an end in one way. */
const page = (isDone: boolean, reason: string) => ({
  print: (_: unknown, done?: (isDone: boolean, reason: string) => void) => done?.(isDone, reason),
});

describe('printing', () => {
  it('is done, or called off without a word', async () => {
    await expect(print(page(true, ''))).resolves.toBeUndefined();
    await expect(print(page(false, 'Print job canceled'))).resolves.toBeUndefined();
    await expect(print(page(false, 'cancelled'))).resolves.toBeUndefined();
  });

  it('says why it failed', async () => {
    await expect(print(page(false, 'Invalid printer settings'))).rejects.toThrow(
      'The page could not be printed: Invalid printer settings',
    );
  });
});
