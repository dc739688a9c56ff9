/** Has the built command line write what packages hold for shells: its manual page and completions. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './setup/processes.mjs';
import { projectFolder } from './setup/project.mjs';

/** The files, and the commands that write them. */
export const SHELL_FILES = {
  'gilscope.1': ['man'],
  'gilscope.bash': ['completion', 'bash'],
  _gilscope: ['completion', 'zsh'],
  'gilscope.fish': ['completion', 'fish'],
};

/** Writes them into out/shell. */
export async function writeShellFiles() {
  const folder = path.join(projectFolder, 'out/shell');
  await mkdir(folder, { recursive: true });
  const cli = path.join(projectFolder, 'out/main/cli.js');
  for (const [file, words] of Object.entries(SHELL_FILES)) {
    const { status, stdout, stderr } = await run(process.execPath, [cli, ...words]);
    if (status !== 0) throw new Error(`gilscope ${words.join(' ')} failed: ${stderr}`);
    await writeFile(path.join(folder, file), stdout);
  }
}
