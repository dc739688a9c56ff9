import type { AskedWith, Failure, ResponseOf } from '../../ipc/index.js';
import type { Parameters } from '../../experiment/parameters.js';
import type { Ask } from '../app/bridge.js';
import { PanelSizes } from './panel-sizes.svelte.js';

/** The requests that keep a setting. */
type KeepName = 'keepPanels' | 'keepParameters';

/** What the window has the main process keep for the next start. */
export class Settings {
  /** How high the user has made the panels. */
  readonly panels: PanelSizes;
  readonly #ask: Ask;
  readonly #reporter: { fail(failure: Failure): void };

  /** Begins with what was kept. */
  constructor(
    reporter: { fail(failure: Failure): void },
    { panels }: Pick<ResponseOf<'appInfo'>, 'panels'>,
    ask: Ask,
  ) {
    this.#ask = ask;
    this.#reporter = reporter;
    this.panels = new PanelSizes(panels, (heights) => void this.#keep('keepPanels', heights));
  }

  /** Keeps what the form says; where a field is wrong (null), what it said before stays. */
  keepParameters(parameters: Parameters | null): void {
    if (parameters !== null) void this.#keep('keepParameters', parameters);
  }

  async #keep<Name extends KeepName>(name: Name, value: AskedWith<Name>): Promise<void> {
    const answer = await this.#ask(name, value);
    if (!answer.ok) this.#reporter.fail(answer.failure);
  }
}
