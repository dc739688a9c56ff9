/** What `npm pack` does first: builds what changed, and has the command line write its manual page and completions. */
import { ensureBuild } from './build.mjs';
import { runScript } from './setup/main.mjs';
import { writeShellFiles } from './shell-files.mjs';

await runScript(async () => {
  await ensureBuild();
  await writeShellFiles();
});
