import type { StreamMessage } from '../shared/contract.js';
import { Timeline } from '../shared/timeline.js';
import { baselineEntry, lastRepeat, type RunState } from './run-state.js';

/** The spans of one repeat, as far as they have come. */
export interface RepeatView {
  readonly run: number;
  readonly repeat: number;
  /** It is an uncounted repeat, of which nothing is kept. */
  readonly warmup: boolean;
  readonly timeline: Timeline;
  /** Null until all spans are here. */
  readonly wallNs: number | null;
  readonly dropped: number;
}

/**
 * The timelines at hand: the live run's, the shown run's and the baseline's, one repeat each. Others are let go;
 * the main process keeps them and streams them again when they are asked for.
 */
export class RepeatViews {
  readonly #views = new Map<number, RepeatView>();

  /** Takes a message in; says whether that changed a view. */
  receive(message: StreamMessage, state: RunState): boolean {
    switch (message.type) {
      case 'timeline':
        return this.#begin(message, state);
      case 'spans':
        return this.#append(message);
      case 'timelineEnd':
        return this.#finish(message);
      default:
        return false;
    }
  }

  /** The run's view, if it is at hand. */
  of(run: number): RepeatView | undefined {
    return this.#views.get(run);
  }

  /** Lets go of all runs but the live one, the shown one and the baseline. */
  prune({ live, selected, baseline }: RunState): void {
    for (const run of this.#views.keys()) {
      if (run !== live && run !== selected?.run && run !== baseline) this.#views.delete(run);
    }
  }

  #begin(message: StreamMessage & { type: 'timeline' }, state: RunState): boolean {
    const { run, repeat, lanes, warmup } = message;
    if (run !== state.live && !isWanted(run, repeat, state)) return this.#views.delete(run);
    this.#views.set(run, {
      run,
      repeat,
      warmup,
      timeline: new Timeline(lanes),
      wallNs: null,
      dropped: 0,
    });
    return true;
  }

  #append({ run, words }: StreamMessage & { type: 'spans' }): boolean {
    const view = this.#views.get(run);
    view?.timeline.append(words);
    return view !== undefined;
  }

  #finish({ run, repeat, wallNs, dropped }: StreamMessage & { type: 'timelineEnd' }): boolean {
    const view = this.#views.get(run);
    if (view?.repeat !== repeat) return false;
    this.#views.set(run, { ...view, wallNs, dropped });
    return true;
  }
}

/** Whether a repeat that was streamed again is still asked for. */
function isWanted(run: number, repeat: number, state: RunState): boolean {
  const { selected } = state;
  if (selected?.run === run) return selected.repeat === repeat;
  const baseline = baselineEntry(state);
  return baseline?.run === run && lastRepeat(baseline) === repeat;
}
