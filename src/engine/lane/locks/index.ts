import type { LockModeName } from '../../../experiment/parameters.js';
import { gilHeld } from './gil-held.js';
import { gilReleased } from './gil-released.js';
import { gilSwitching } from './gil-switching.js';
import type { LockModeFactory } from './lock-mode.js';
import { none } from './none.js';
import { perObject } from './per-object.js';

/** Every lock mode by its name in the parameters. */
export const lockModes: Readonly<Record<LockModeName, LockModeFactory>> = {
  none,
  'gil-held': gilHeld,
  'gil-released': gilReleased,
  'gil-switching': gilSwitching,
  'per-object': perObject,
};
