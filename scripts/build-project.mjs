/** `npm run build`: builds the project, whether or not there is need of it. */
import { runScript } from './setup/main.mjs';

await runScript(async () => {
  const { build } = await import('./build.mjs');
  await build('inherit');
});
