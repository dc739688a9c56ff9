/**
 * How far a long step is: redrawn in place on a terminal, else a plain line now and then.
 */

const TERMINAL_EVERY_MS = 200;
const PLAIN_EVERY_MS = 10_000;

/**
 * @typedef {object} Output where progress is shown, such as `process.stderr`
 * @property {boolean} [isTTY]
 * @property {(text: string) => unknown} write
 */

/**
 * Follows one step.
 * @param {string} label what is being done
 * @param {number | undefined} total its bytes, if they are known
 * @param {{ output?: Output, now?: () => number }} [options]
 * @returns {{ update: (bytes: number) => void, end: () => void }}
 */
export function followProgress(label, total, options = {}) {
  const { output = process.stderr, now = Date.now } = options;
  const interval = output.isTTY ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS;
  let lastShown = now();
  let shown = false;

  return {
    update(bytes) {
      if (now() - lastShown < interval) return;
      lastShown = now();
      shown = true;
      const line = `${label}: ${describeBytes(bytes, total)}`;
      output.write(output.isTTY ? `\r\u001B[K${line}` : `${line}\n`);
    },
    end() {
      if (shown && output.isTTY) output.write('\r\u001B[K');
    },
  };
}

/**
 * An amount, and its share of the whole where that is known.
 * @param {number} bytes
 * @param {number} [total]
 * @returns {string}
 */
export function describeBytes(bytes, total) {
  if (total === undefined) return inMegabytes(bytes);
  const percent = Math.min(100, Math.floor((bytes / total) * 100));
  return `${inMegabytes(bytes)} of ${inMegabytes(total)} (${percent} %)`;
}

/** @param {number} bytes */
function inMegabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
