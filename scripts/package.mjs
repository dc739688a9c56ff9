/**
 * `npm run package [-- dir]`: makes the packages of this system in dist/: on Linux a .deb and a .tar.gz, on macOS a
 * .dmg, on Windows an installer; `-- AppImage` makes an AppImage, `-- dir` the unpacked app alone.
 */
import { runScript } from './setup/main.mjs';

await runScript(async () => {
  const { makePackages } = await import('./packaging/make-packages.mjs');
  await makePackages(process.argv.slice(2));
});
