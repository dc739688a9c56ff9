import { joinWords } from '../../base/shell-words.js';
import { mayGoOn } from '../questions.js';
import type { Command } from './command.js';

/**
 * Asks the user whether commands may be started, each once a session: the page, which asks for them, is
 * not to be trusted with that. The question shows all of the command and its folder.
 */
export class StartQuestion {
  readonly #granted = new Set<string>();

  /** Whether a command may be started. */
  async mayStart({ words, folder }: Command): Promise<boolean> {
    const key = JSON.stringify([folder, words]);
    if (this.#granted.has(key)) return true;
    const detail = `${joinWords(words)}\n\nin the folder ${joinWords([folder])}\n\nIt runs with your rights.`;
    if (!(await mayGoOn('Start and record this program?', detail, 'Start'))) return false;
    this.#granted.add(key);
    return true;
  }
}
