import { numberSigns } from '../../base/number-text.js';

/** The signs in which the person at this window reads and writes numbers. */
export const READER_SIGNS = numberSigns(
  // There is no navigator where tests run.
  typeof navigator === 'undefined' ? 'en' : navigator.language,
);
