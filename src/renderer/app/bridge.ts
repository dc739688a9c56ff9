import * as v from 'valibot';
import {
  answerSchema,
  REQUESTS,
  type Answer,
  type AskedWith,
  type Bridge,
  type RequestName,
  type ResponseOf,
} from '../../ipc/index.js';

declare global {
  interface Window {
    /** Put here by the preload; reached through `ask` and the stream alone. */
    readonly gilscope: Bridge;
  }
}

/** Asks the main process, and always gets an answer: what goes wrong on the way is a failure too. */
export type Ask = <Name extends RequestName>(
  name: Name,
  request: AskedWith<Name>,
) => Promise<Answer<ResponseOf<Name>>>;

/** Asks over the given bridge and validates what comes back. */
export function asking(bridge: Bridge): Ask {
  return async (name, request) => {
    try {
      return parseAnswer(name, await bridge[name](request as never));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { ok: false, failure: { message: `Gilscope could not answer: ${reason}` } };
    }
  };
}

function parseAnswer<Name extends RequestName>(
  name: Name,
  answer: unknown,
): Answer<ResponseOf<Name>> {
  const response = REQUESTS[name].response as v.GenericSchema<unknown, ResponseOf<Name>>;
  return v.parse(answerSchema(response), answer);
}
