/**
 * How the scripts speak: everything goes to standard error, a failure says what went wrong and
 * what to do about it, and standard output is left to what the scripts were asked for.
 */

/** A failure that the reader can do something about. */
export class SetupError extends Error {
  /**
   * @param {string} problem what went wrong, in a sentence
   * @param {string} remedy what to do about it, in a sentence or a command
   * @param {{ cause?: unknown }} [options]
   */
  constructor(problem, remedy, options) {
    // A line, unless the problem is itself in several.
    super(`${problem}${problem.includes('\n') ? '\n' : ' '}${remedy}`, options);
    this.name = 'SetupError';
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** A failure of the cache folder, without which nothing can be set up. */
export class CacheError extends SetupError {}

/**
 * Tells the reader something in a line of its own.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * An error in words: its message for one that is meant to be read, all of it for a defect.
 * @param {unknown} error
 * @returns {string}
 */
export function describe(error) {
  if (error instanceof SetupError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * The message of an error, whatever was thrown.
 * @param {unknown} error
 * @returns {string}
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Whether an error is the system's, with this code.
 * @param {unknown} error
 * @param {...string} codes such as ENOENT
 * @returns {boolean}
 */
export function hasCode(error, ...codes) {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
