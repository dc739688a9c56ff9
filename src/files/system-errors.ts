import { getSystemErrorMap } from 'node:util';

/** The system's name of an error, such as `ENOENT`; undefined where it has none. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** What the system says, as `permission denied (EACCES)`; of other errors their message. */
export function systemReason(error: unknown): string {
  const known =
    error instanceof Error && 'errno' in error
      ? getSystemErrorMap().get(Number(error.errno))
      : undefined;
  if (known !== undefined) return `${known[1]} (${known[0]})`;
  return error instanceof Error ? error.message : String(error);
}
