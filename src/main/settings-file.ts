import { readFileSync, renameSync } from 'node:fs';
import * as v from 'valibot';
import { PanelsSchema, RECENT_MOST, ThemeSchema } from '../ipc/index.js';
import { asError } from './failures.js';
import { writePieces } from '../files/files.js';
import { WindowStateSchema } from './window-placement.js';

/** What is kept from one start to the next: the name of each setting, and what it may be. */
const SETTINGS = {
  window: WindowStateSchema,
  panels: PanelsSchema,
  theme: ThemeSchema,
  /** What the form said last, by parameter; another version may know others, so that each is checked where it is used. */
  parameters: v.record(v.string(), v.union([v.string(), v.number()])),
  /** The paths of the files that were opened or saved last, the newest first. */
  recent: v.pipe(
    v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(4096))),
    v.maxLength(RECENT_MOST),
  ),
} as const;

/** The file: an object of settings, known and unknown. */
const FileSchema = v.pipe(
  v.unknown(),
  v.check((found) => !Array.isArray(found), 'a list, not an object'),
  v.record(v.string(), v.unknown()),
);

type Name = keyof typeof SETTINGS;
type Value<Setting extends Name> = v.InferOutput<(typeof SETTINGS)[Setting]>;

/** What a settings file needs of its surroundings. */
export interface SettingsSurroundings {
  /** Settles when changes have rested for long enough to be written. */
  readonly rest: () => Promise<unknown>;
  /** Given what went wrong with the file, in one line, once for each kind. Settings are never worth a failure. */
  readonly warn: (message: string) => void;
  /** The time by the wall clock. */
  readonly now: () => Date;
}

/**
 * The settings, kept in a JSON file of the profile's folder. A file that cannot be read, or in which
 * something is no setting, is set aside as `NAME.broken-DATE`; what is right in it is kept. What newer
 * versions have put into the file stays there.
 */
export class SettingsFile {
  readonly #path: string;
  readonly #surroundings: SettingsSurroundings;
  #settings: Readonly<Record<string, unknown>>;
  #isSaved = true;
  #hasWarnedOfWriting = false;
  /** The writing that is under way or to come. */
  #saving: Promise<void> = Promise.resolve();

  /** Reads the file; where there is none, nothing is set. */
  constructor(path: string, surroundings: SettingsSurroundings) {
    this.#path = path;
    this.#surroundings = surroundings;
    this.#settings = this.#read();
  }

  /** Returns a setting; undefined where it was never set. */
  get<Setting extends Name>(name: Setting): Value<Setting> | undefined {
    // Each setting was checked as it was read or set; TypeScript cannot tie the name to its value.
    return this.#settings[name] as Value<Setting> | undefined;
  }

  /** Sets a setting; it is written soon after the last change. */
  set<Setting extends Name>(name: Setting, value: Value<Setting>): void {
    this.#settings = { ...this.#settings, [name]: value };
    this.#changed();
  }

  /** Forgets all settings, also those of newer versions. */
  reset(): void {
    this.#settings = {};
    this.#changed();
  }

  /** Writes what has changed; resolves when it is written, or when that has failed. */
  save(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#write());
    return this.#saving;
  }

  #changed(): void {
    if (!this.#isSaved) return;
    this.#isSaved = false;
    void this.#surroundings.rest().then(() => this.save());
  }

  async #write(): Promise<void> {
    if (this.#isSaved) return;
    this.#isSaved = true;
    try {
      await writePieces(this.#path, [`${JSON.stringify(this.#settings, null, 2)}\n`]);
    } catch (error) {
      if (this.#hasWarnedOfWriting) return;
      this.#hasWarnedOfWriting = true;
      this.#surroundings.warn(`The settings are not kept: ${asError(error).message}`);
    }
  }

  #read(): Record<string, unknown> {
    try {
      const text = readFileSync(this.#path, 'utf8');
      const found = v.parse(FileSchema, JSON.parse(text));
      const wrong = (Object.keys(SETTINGS) as Name[]).filter(
        (name) => name in found && !v.is(SETTINGS[name], found[name]),
      );
      if (wrong.length === 0) return found;
      this.#setAside(`${wrong.join(', ')}: not as this version writes it`);
      // What is right is in no file now.
      this.#changed();
      return Object.fromEntries(Object.entries(found).filter(([name]) => !isOneOf(name, wrong)));
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isMissing) this.#setAside(asError(error).message);
      return {};
    }
  }

  #setAside(reason: string): void {
    // No colons, which names of files on Windows may not have.
    const date = this.#surroundings.now().toISOString().replaceAll(':', '.');
    const aside = `${this.#path}.broken-${date}`;
    try {
      renameSync(this.#path, aside);
      this.#surroundings.warn(
        `Settings were not as they should be (${reason}) and are as at first; the old file is ${aside}`,
      );
    } catch {
      this.#surroundings.warn(
        `The settings could not be read (${reason}) and are as at first; move or mend ${this.#path}`,
      );
    }
  }
}

function isOneOf(name: string, names: readonly string[]): boolean {
  return names.includes(name);
}
