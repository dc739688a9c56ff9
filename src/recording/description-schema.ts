import * as v from 'valibot';
import type { Description } from './recording.js';

/** Longest text of a description that is taken in. */
const Text = v.pipe(v.string(), v.maxLength(10_000));

/** Checks a description that another process or a file has, of so many lanes at least. */
const describing = (leastLanes: number): v.GenericSchema<unknown, Description> =>
  v.object({
    title: Text,
    subtitle: Text,
    label: Text,
    lanes: v.pipe(v.array(Text), v.minLength(leastLanes), v.maxLength(65_536)),
    locks: v.picklist(['none', 'one', 'each']),
  });

/** The description of a whole recording. */
export const DescriptionSchema = describing(1);

/** The description of a recording that goes on, and may have no lane yet. */
export const GrowingDescriptionSchema = describing(0);
