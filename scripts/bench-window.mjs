/**
 * `npm run bench:window -- [--only …] [--json FILE] [--markdown FILE]`: measures the real window on a
 * display that nobody sees. Sets up and builds what it needs; bench/README.md says how to read what
 * it prints.
 */
import path from 'node:path';
import { ensureAssembly, LIMITS } from './assembly.mjs';
import { ensureBuild } from './build.mjs';
import { bundleBenchWindow } from './bundle-bench-window.mjs';
import { say } from './setup/errors.mjs';
import { withHiddenWindows } from './setup/hidden-windows.mjs';
import { setUp } from './setup/index.mjs';
import { runScript } from './setup/main.mjs';
import { launch } from './setup/processes.mjs';
import { projectFolder } from './setup/project.mjs';

await runScript(async () => {
  const { executable } = await setUp('test');
  await ensureBuild();
  say(await ensureAssembly(LIMITS));
  await bundleBenchWindow();
  const program = path.join(projectFolder, 'out/bench/window/index.js');
  return withHiddenWindows(executable, (env) =>
    launch(process.execPath, [program, ...process.argv.slice(2)], {
      cwd: projectFolder,
      env: { ...process.env, ...env },
    }),
  );
});
