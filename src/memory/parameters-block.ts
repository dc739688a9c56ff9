import { PARAMETERS_ADDRESS, PARAMETERS_BYTES } from './layout.js';
import { checkParameters, type Parameters } from '../experiment/parameters.js';

/**
 * The block in shared memory that holds the run's parameters as JSON, so that a lane learns them
 * once a run and the messages to it stay small.
 *
 *     int32  length in bytes
 *     u8[]   UTF-8 JSON
 */

/** Writes the parameters. Their readers are notified afterwards (see CONTROL.run). */
export function writeParameters(buffer: ArrayBufferLike, parameters: Parameters): void {
  const text = new TextEncoder().encode(JSON.stringify(parameters));
  if (text.length > PARAMETERS_BYTES) {
    throw new RangeError(`the parameters take ${text.length} bytes of ${PARAMETERS_BYTES}`);
  }
  new Int32Array(buffer, PARAMETERS_ADDRESS, 1)[0] = text.length;
  new Uint8Array(buffer, PARAMETERS_ADDRESS + 4, text.length).set(text);
}

/** Reads the parameters back. */
export function readParameters(buffer: ArrayBufferLike): Parameters {
  const length = new Int32Array(buffer, PARAMETERS_ADDRESS, 1)[0] ?? 0;
  // Copied out, as TextDecoder takes no shared memory.
  const text = new TextDecoder().decode(
    new Uint8Array(buffer, PARAMETERS_ADDRESS + 4, length).slice(),
  );
  const checked = checkParameters(JSON.parse(text));
  if (!checked.ok) throw new Error('the parameters in shared memory are damaged');
  return checked.parameters;
}
