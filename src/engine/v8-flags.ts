import { setFlagsFromString } from 'node:v8';

/**
 * Does some work with flags of V8's turned the other way, and turns them back: they hold for the
 * whole process.
 *
 * @param flags names without dashes, and what each is during the work; before and after, the opposite
 */
export function withV8Flags<T>(flags: Readonly<Record<string, boolean>>, work: () => T): T {
  setFlags(flags, (during) => during);
  try {
    return work();
  } finally {
    setFlags(flags, (during) => !during);
  }
}

function setFlags(
  flags: Readonly<Record<string, boolean>>,
  value: (during: boolean) => boolean,
): void {
  for (const [name, during] of Object.entries(flags)) {
    setFlagsFromString(value(during) ? `--${name}` : `--no-${name}`);
  }
}
