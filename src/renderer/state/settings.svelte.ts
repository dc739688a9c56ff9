import type { AskedWith, Failure, ResponseOf, Theme } from '../../ipc/index.js';
import type { Parameters } from '../../experiment/parameters.js';
import type { Ask } from '../app/bridge.js';
import { PanelSizes } from './panel-sizes.svelte.js';

/** The requests that keep a setting. */
type KeepName = 'keepPanels' | 'keepParameters' | 'setTheme';

/** What the window has the main process keep for the next start. */
export class Settings {
  /** How high the user has made the panels. */
  readonly panels: PanelSizes;
  #theme: Theme = $state('system');
  readonly #ask: Ask;
  readonly #reporter: { fail(failure: Failure): void };

  /** Begins with what was kept. */
  constructor(
    reporter: { fail(failure: Failure): void },
    { panels, theme }: Pick<ResponseOf<'appInfo'>, 'panels' | 'theme'>,
    ask: Ask,
  ) {
    this.#ask = ask;
    this.#reporter = reporter;
    this.panels = new PanelSizes(panels, (heights) => void this.#keep('keepPanels', heights));
    this.#theme = theme;
  }

  /** Which theme the window follows. */
  get theme(): Theme {
    return this.#theme;
  }

  /** Has the window follow a theme. */
  async setTheme(theme: Theme): Promise<void> {
    this.#theme = theme;
    await this.#keep('setTheme', theme);
  }

  /** Keeps what the form says; where a field is wrong (null), what it said before stays. */
  keepParameters(parameters: Parameters | null): void {
    if (parameters !== null) void this.#keep('keepParameters', parameters);
  }

  /** Has all that is kept be as at the first start, if the user says so when asked. Returns whether it is. */
  async reset(): Promise<boolean> {
    const answer = await this.#ask('resetSettings', null);
    if (!answer.ok) this.#reporter.fail(answer.failure);
    if (!answer.ok || answer.value.status === 'cancelled') return false;
    this.panels.reset();
    this.#theme = 'system';
    return true;
  }

  /** Opens the log, which lies beside the settings. */
  async openLog(): Promise<void> {
    const answer = await this.#ask('openLog', null);
    if (!answer.ok) this.#reporter.fail(answer.failure);
  }

  async #keep<Name extends KeepName>(name: Name, value: AskedWith<Name>): Promise<void> {
    const answer = await this.#ask(name, value);
    if (!answer.ok) this.#reporter.fail(answer.failure);
  }
}
