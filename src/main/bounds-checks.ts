import { setFlagsFromString } from 'node:v8';

/** The first line of Electron whose main process has V8's trap handlers for WebAssembly. */
const FIRST_WITH_HANDLERS = 41;

/** What tells a process's runtime: `process` has it. */
interface Runtime {
  /** Electron's name for the kind of process; undefined where it runs as Node. */
  readonly type?: string | undefined;
  readonly versions: { readonly electron?: string | undefined };
}

/**
 * Whether V8 checks every address of WebAssembly in code here. Elsewhere pages that cannot be
 * touched lie around a memory, and a trap handler makes an error of reaching into one, at no cost.
 * Electron before 41 installs no handlers in its main process (electron/electron, pull request
 * 48983), though it does where it runs as Node.
 */
export function checksBoundsInCode({ type, versions }: Runtime): boolean {
  return type === 'browser' && Number.parseInt(versions.electron ?? '', 10) < FIRST_WITH_HANDLERS;
}

/**
 * Has WebAssembly that is compiled from now on go without checks of addresses in code, which would
 * take a fifth of a run's time that the command line does not take. Only for lines of Electron that
 * are too old to be shipped, so that what the window measures there is what it measures elsewhere.
 *
 * The kernel can do without: it is our own, no address comes from outside but by validated
 * parameters, and the same build runs between guard pages in the command line and in every test.
 */
export function skipBoundsChecks(): void {
  if (checksBoundsInCode(process)) setFlagsFromString('--no-wasm-bounds-checks');
}
