/** `npm run --silent gilscope -- run|compare …`: the command line, set up and built if need be. */
import { runCommandLine } from './setup/command-line.mjs';
import { runScript } from './setup/main.mjs';

await runScript(() => runCommandLine(process.argv.slice(2)));
