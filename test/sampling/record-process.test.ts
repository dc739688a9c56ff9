import { expect, it } from 'vitest';
import { ProcessRecorder } from '../../src/sampling/record-process.js';

/** A sampler of which nothing but this is known. */
const samplerThat = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

it.each([
  ['ends before it is ready', 'process.exit()', 'the sampler ended before its recording'],
  ['fails', 'throw new Error("no memory")', 'no memory'],
])('a recorder whose sampler %s is not made', async (_, code, reason) => {
  const made = ProcessRecorder.create({ sampler: samplerThat(code), rate: 1000, waits: true });
  await expect(made).rejects.toThrow(reason);
});
