import { basename, dirname } from 'node:path';
import { plainLine } from '../../base/plain-text.js';
import { RECENT_MOST } from '../../ipc/recordings.js';
import { fileName } from './entries.js';

/** Longest path of a folder that is shown. */
const FOLDER_LENGTH = 60;

/** Where the list is kept. */
export interface RecentSettings {
  get(name: 'recent'): readonly string[] | undefined;
  set(name: 'recent', paths: string[]): void;
}

/** The files that were opened or saved last. */
export class RecentFiles {
  readonly #settings: RecentSettings;
  readonly #onChange: (names: string[]) => void;

  /** @param onChange given what they are called, after each change of the list */
  constructor(settings: RecentSettings, onChange: (names: string[]) => void) {
    this.#settings = settings;
    this.#onChange = onChange;
  }

  /** Their paths, the newest first. */
  get paths(): readonly string[] {
    return this.#settings.get('recent') ?? [];
  }

  /** What they are called: their names, and their folders where two have one name. */
  get names(): string[] {
    const bases = this.paths.map((path) => basename(path));
    return this.paths.map((path) => {
      const isAlone = bases.filter((base) => base === basename(path)).length === 1;
      const folder = plainLine(dirname(path), FOLDER_LENGTH);
      return isAlone ? fileName(path) : `${fileName(path)} (${folder})`;
    });
  }

  /** A file was opened or saved. */
  add(path: string): void {
    this.#become([path, ...this.paths.filter((other) => other !== path)].slice(0, RECENT_MOST));
  }

  /** A file is gone. */
  remove(path: string): void {
    if (this.paths.includes(path)) this.#become(this.paths.filter((other) => other !== path));
  }

  /** Forgets all of them. */
  clear(): void {
    this.#become([]);
  }

  #become(paths: readonly string[]): void {
    this.#settings.set('recent', [...paths]);
    this.#onChange(this.names);
  }
}
