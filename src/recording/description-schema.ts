import * as v from 'valibot';
import type { Description } from './recording.js';

/** Longest text of a description that is taken in. */
const Text = v.pipe(v.string(), v.maxLength(10_000));

/** Checks a description that another process or a file has. */
export const DescriptionSchema: v.GenericSchema<unknown, Description> = v.object({
  title: Text,
  subtitle: Text,
  label: Text,
  lanes: v.pipe(v.array(Text), v.minLength(1), v.maxLength(65_536)),
  locks: v.picklist(['none', 'one', 'each']),
});
