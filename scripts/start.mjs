/**
 * `npm start`: opens the window, set up and built if need be. Where there is no display, the
 * default comparison is run in the terminal instead.
 */
import { runScript } from './setup/main.mjs';

await runScript(async () => {
  const { start } = await import('./setup/window.mjs');
  return start(process.argv.slice(2));
});
