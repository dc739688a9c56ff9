import * as v from 'valibot';
import { ACTION_IDS } from './action-names.js';
import type { Answer, RequestName, RequestOf, ResponseOf } from './requests.js';

/**
 * The contract between the main process and the window, as either end has it: the requests and the
 * messages of the stream, which `contract/` defines, what the menu sends, and the bridge of them all.
 * Both ends validate what they receive.
 */

export * from './programs.js';
export * from './recordings.js';
export * from './requests.js';
export * from './stream.js';
export type { Failure } from './values.js';

/** What the application menu sends to the page: the action that was chosen. */
export const ActionMessageSchema = v.object({ action: v.picklist(ACTION_IDS) });
export type ActionMessage = v.InferOutput<typeof ActionMessageSchema>;
export const ACTION_CHANNEL = 'menu:action';

/** What the page gives the bridge with a request: the request itself, but for files that were dropped. */
export type AskedWith<Name extends RequestName> = Name extends 'openDropped'
  ? readonly File[]
  : RequestOf<Name>;

/** The bridge that the preload puts on the page's `window.gilscope`. */
export type Bridge = {
  readonly [Name in RequestName]: (request: AskedWith<Name>) => Promise<Answer<ResponseOf<Name>>>;
} & {
  /** Asks the preload to post the stream's port to the page, once it listens. */
  readonly openStream: () => void;
  /** Has a listener told of what the menu sends, which is an ActionMessage if all is well. */
  readonly onAction: (listener: (message: unknown) => void) => void;
};
