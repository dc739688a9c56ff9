/**
 * `npm run bench:window -- [--only …] [--quick] [--json FILE] [--markdown FILE]`: measures the real
 * window on a display that nobody sees. Sets up and builds what it needs; bench/README.md says how
 * to read what it prints.
 */
import path from 'node:path';
import { ensureBuild } from './build.mjs';
import { bundleBenchWindow } from './bundle-bench-window.mjs';
import { startVirtualDisplay } from './setup/display.mjs';
import { setUp } from './setup/index.mjs';
import { hasProgram } from './setup/libraries.mjs';
import { runScript } from './setup/main.mjs';
import { launch } from './setup/processes.mjs';
import { projectFolder } from './setup/project.mjs';
import { sandboxSwitches } from './setup/sandbox.mjs';

await runScript(async () => {
  const { executable } = await setUp('test');
  await ensureBuild();
  await bundleBenchWindow();
  const display = await openDisplay();
  const switches = await sandboxSwitches(executable);
  const program = path.join(projectFolder, 'out/bench/window/index.js');
  const status = await launch(process.execPath, [program, ...process.argv.slice(2)], {
    cwd: projectFolder,
    env: {
      ...process.env,
      ...display.env,
      GILSCOPE_ELECTRON: executable,
      ...(switches.includes('--no-sandbox') ? { GILSCOPE_NO_SANDBOX: '1' } : {}),
    },
  });
  await display.stop();
  return status;
});

/** A display that nobody sees, where there is one to be had. */
async function openDisplay() {
  if (process.platform !== 'linux' || !hasProgram('Xvfb')) return { env: {}, stop: async () => {} };
  const { name, stop } = await startVirtualDisplay();
  return { env: { DISPLAY: name, WAYLAND_DISPLAY: undefined }, stop };
}
