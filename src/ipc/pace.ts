import * as v from 'valibot';

const Milliseconds = v.pipe(v.number(), v.minValue(0));

/** How often the window receives news of a running run, since what the window takes is taken from the run's cores. */
export const PaceSchema = v.object({
  /** The lanes need every core. */
  crowded: v.boolean(),
  /** Time between two sendings of spans, of which the window draws what is new alone. */
  beatMs: Milliseconds,
  /** Time between two sendings of news: progress above all. */
  newsMs: Milliseconds,
  /** Time between two times that all else of the window follows, and all of the picture. */
  wholeMs: Milliseconds,
});
export type Pace = v.InferOutput<typeof PaceSchema>;
