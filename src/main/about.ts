import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { app, dialog } from 'electron';
import * as v from 'valibot';
import { ownWindow } from './questions.js';

/** The list that the build makes of the packages in it. */
const PackagesSchema = v.array(
  v.object({ name: v.string(), version: v.string(), licence: v.string() }),
);

/** What About shows. */
export interface Inside {
  readonly name: string;
  readonly version: string;
  /** Of Electron and what is in it, as in process.versions. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly packages: Readonly<v.InferOutput<typeof PackagesSchema>>;
  /** Where the texts of the licences are. */
  readonly folder: string;
}

/** Returns the heading and the lines of About: versions and licences of all that is inside. */
export function aboutText(inside: Inside): { message: string; detail: string } {
  const { name, version, versions, packages, folder } = inside;
  const { electron = '?', chrome = '?', node = '?', v8 = '?' } = versions;
  const lines = [
    'MIT licence. Nothing leaves this machine.',
    '',
    `Electron ${electron} (MIT), Chromium ${chrome} (BSD-3-Clause and others), Node.js ${node} (MIT), V8 ${v8} (BSD-3-Clause)`,
    '',
    packages.map((part) => `${part.name} ${part.version} (${part.licence})`).join(', '),
    '',
    `The texts of the licences are in ${folder}.`,
  ];
  return { message: `${name} ${version}`, detail: lines.join('\n') };
}

/**
 * Shows About, over the window if there is one.
 *
 * @param licences the list of packages that the build made
 * @throws Error where there is no such list
 */
export async function showAbout(licences: URL): Promise<void> {
  const packages = v.parse(PackagesSchema, JSON.parse(await readFile(licences, 'utf8')));
  const text = aboutText({
    name: app.getName(),
    version: app.getVersion(),
    versions: process.versions,
    packages,
    folder: dirname(process.execPath),
  });
  const options = { type: 'info' as const, title: 'About', buttons: ['Close'], ...text };
  const window = ownWindow();
  await (window === undefined
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
}
