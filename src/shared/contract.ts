import * as v from 'valibot';
import { ACTION_IDS } from './action-names.js';
import type { Answer, RequestName, RequestOf, ResponseOf } from './contract/requests.js';
import { SPECIFICATIONS, type Parameters } from './parameters.js';

export * from './contract/requests.js';
export * from './contract/stream.js';
export type { Failure } from './contract/values.js';

/**
 * The contract between the main process and the window: every channel with what goes in and what
 * comes back, and every message of the stream. Both ends validate what they receive.
 */

/** What the application menu sends to the page: the action that was chosen. */
export const ActionMessageSchema = v.object({ action: v.picklist(ACTION_IDS) });
export type ActionMessage = v.InferOutput<typeof ActionMessageSchema>;
export const ACTION_CHANNEL = 'menu:action';

/** The bridge that the preload puts on the page's `window.gilscope`. */
export type Bridge = {
  readonly [Name in RequestName]: (request: RequestOf<Name>) => Promise<Answer<ResponseOf<Name>>>;
} & {
  /** Asks the preload to post the stream's port to the page, once it listens. */
  readonly openStream: () => void;
  /** Has a listener told of what the menu sends, which is an ActionMessage if all is well. */
  readonly onAction: (listener: (message: unknown) => void) => void;
};

/** The label of a parameter, for messages about it. */
export function labelOf(parameter: string): string {
  return parameter in SPECIFICATIONS
    ? SPECIFICATIONS[parameter as keyof Parameters].label
    : parameter;
}
