import { isMove, type Command, type Step } from './commands.js';
import { holdWaitedFor, longestIn, neighbour, spanAround, type LaneSpan } from './lane-spans.js';
import { Motion } from './motion.js';
import { togglePin } from './pins.js';
import type { ViewedTimeline, TimelineView } from './timeline-view.js';
import type { TimeRange } from './time-window.js';

/** What the explorer tells of itself. */
export interface ExplorerEvents {
  /** Another span is selected, or none. */
  onSelect(span: LaneSpan | null): void;
  /** Another part of time is to be selected, or none. */
  onRange(range: TimeRange | null): void;
  /** Something that cannot be seen elsewhere, to be said. */
  onSay(text: string): void;
  /** All that is selected is to be let go of, elsewhere too; says whether there was anything there. */
  onRelease(): boolean;
}

/**
 * How a timeline is explored: the selected span, range and pinned lanes, and what keys and buttons
 * do with them. What is in view is the view's.
 */
export class TimelineExplorer {
  readonly view: TimelineView;
  readonly #events: ExplorerEvents;
  readonly #motion: Motion;
  #selected: LaneSpan | null = null;
  #range: TimeRange | null = null;
  /** The spans from which holders, or those that waited, were gone to, the latest last. */
  #cameFrom: LaneSpan[] = [];

  constructor(view: TimelineView, events: ExplorerEvents, isMotionReduced: () => boolean) {
    this.view = view;
    this.#events = events;
    this.#motion = new Motion((move, forMs) => {
      view.advance(move, forMs);
    }, isMotionReduced);
  }

  /** Shows a timeline as far as it has come, with the part of it that is selected. */
  show(subject: ViewedTimeline, range: TimeRange | null): void {
    this.#turnTo(subject);
    this.view.show(subject);
    this.#range = range;
    this.view.canvases.mark({ range });
  }

  /** Adds what a timeline that grows has got since, or the next repeat's beginning. */
  add(subject: ViewedTimeline): void {
    this.#turnTo(subject);
    this.view.add(subject);
  }

  /** Of another timeline nothing is selected yet, and keys that are held are not meant for it. */
  #turnTo({ timeline }: ViewedTimeline): void {
    if (timeline === this.view.timeline) return;
    this.#motion.endAll();
    this.select(null);
  }

  /** Selects a span and brings it in sight, or lets go of it. */
  select(span: LaneSpan | null): void {
    this.#cameFrom = [];
    this.#show(span);
  }

  /** Selects a span that is seen, and moves nothing. */
  pick(span: LaneSpan): void {
    this.#cameFrom = [];
    this.#mark(span);
  }

  #show(span: LaneSpan | null): void {
    if (span === null && this.#selected === null) return;
    if (span !== null) this.view.reveal(span.lane, span);
    this.#mark(span);
  }

  #mark(span: LaneSpan | null): void {
    this.#selected = span;
    this.view.canvases.mark({ selected: span });
    this.#events.onSelect(span);
  }

  /**
   * Selects what a lane did with the lock during the selected span: of a wait the lane's longest hold in
   * that time, of a hold its longest wait.
   */
  goToContender(lane: number): void {
    const from = this.#selected;
    if (from === null) return;
    const kind = from.kind === 'wait' ? 'hold' : 'wait';
    this.#leave(from, longestIn(this.view.timeline, lane, kind, from));
  }

  /** Selects another span in such a way that one can go back; returns whether there is one. */
  #leave(from: LaneSpan, to: LaneSpan | null): boolean {
    if (to === null) return false;
    this.#cameFrom.push(from);
    this.#show(to);
    return true;
  }

  /** A span was left for the one that is selected. */
  get canGoBack(): boolean {
    return this.#cameFrom.length > 0;
  }

  /** Selects the span that was left for the selected one. */
  back(): void {
    const from = this.#cameFrom.pop();
    if (from === undefined) this.#events.onSay('There is no span to go back to');
    else this.#show(from);
  }

  /** Selects a part of time, or lets go of it. */
  selectRange(range: TimeRange | null): void {
    if (range === null && this.#range === null) return;
    this.#range = range;
    this.view.canvases.mark({ range });
    this.#events.onRange(range);
  }

  get range(): TimeRange | null {
    return this.#range;
  }

  /** Pins a lane to the top, or lets go of it. */
  togglePin(lane: number): void {
    const pins = togglePin(this.view.pins, lane);
    this.view.pin(pins);
    this.#events.onSay(`Lane ${lane} ${pins.includes(lane) ? 'pinned to the top' : 'not pinned'}`);
  }

  /** Keeps the newest time of a live run in view, or lets it go by. */
  toggleFollow(): void {
    // A move that is still under way would leave what is followed.
    this.#motion.stop();
    this.view.toggleFollow();
    const { canFollow, follows } = this.view.sight;
    if (!canFollow) this.#events.onSay('Only a run that is on can be followed');
    else this.#events.onSay(follows ? 'Following the newest time' : 'No longer following');
  }

  /** Lets go of all that is selected; says whether there was anything. */
  release(): boolean {
    const hadAny = this.#selected !== null || this.#range !== null;
    this.select(null);
    this.selectRange(null);
    return this.#events.onRelease() || hadAny;
  }

  /** Shows all of the timeline. */
  fit(): void {
    this.#motion.stop();
    this.view.fit();
  }

  /** Zooms to the selected span, else to the selected range; says whether there is any. */
  focus(): boolean {
    const part = this.#selected ?? this.#range;
    if (part === null) return false;
    this.#motion.stop();
    if (this.#selected !== null) this.view.reveal(this.#selected.lane, part);
    this.view.zoomTo(part);
    return true;
  }

  /** Does what a key asks for; says whether the key was taken. */
  press(command: Command): boolean {
    if (isMove(command)) {
      this.#motion.begin(command);
      return true;
    }
    return this.#step(command);
  }

  /** Handles a key release. */
  letGo(command: Command): void {
    if (isMove(command)) this.#motion.end(command);
  }

  /** The keyboard belongs to something else now. */
  letGoOfAll(): void {
    this.#motion.endAll();
  }

  /** Goes to the span before or after the selected one on its lane. */
  stepSpan(step: 1 | -1): void {
    if (this.#selected === null) this.#selectFirst();
    // At the lane's end the span itself, as one that nothing was left for.
    else this.select(neighbour(this.view.timeline, this.#selected, step) ?? { ...this.#selected });
  }

  destroy(): void {
    this.#motion.stop();
  }

  #step(step: Step): boolean {
    // An action that gives false leaves the key to others.
    const actions: Record<Step, () => unknown> = {
      'page up': () => {
        this.view.turnPages(-1);
      },
      'page down': () => {
        this.view.turnPages(1);
      },
      fit: () => {
        this.fit();
      },
      newest: () => {
        this.toggleFollow();
      },
      focus: () => {
        if (!this.focus()) this.#events.onSay('Select a span or a range to zoom to it');
      },
      next: () => {
        this.stepSpan(1);
      },
      previous: () => {
        this.stepSpan(-1);
      },
      'lane up': () => {
        this.#stepLane(-1);
      },
      'lane down': () => {
        this.#stepLane(1);
      },
      holder: () => {
        this.#goToHolder();
      },
      back: () => {
        this.back();
      },
      pin: () => {
        if (this.#selected === null) this.#events.onSay('Select a span to pin its lane');
        else this.togglePin(this.#selected.lane);
      },
      release: () => this.release(),
    };
    return actions[step]() !== false;
  }

  /** Goes to what the next lane with any spans does at the middle of the selected span. */
  #stepLane(step: 1 | -1): void {
    const from = this.#selected;
    if (from === null) {
      this.#selectFirst();
      return;
    }
    const { range } = this.view.sight;
    const startNs = Math.max(from.startNs, range.startNs);
    const endNs = Math.min(from.endNs, range.endNs);
    const timeNs = startNs < endNs ? (startNs + endNs) / 2 : from.startNs;
    this.#selectNearest(this.view.laneBeside(from.lane, step), step, timeNs);
  }

  /** Selects the span at the start of the view, of the highest lane in sight that has any. */
  #selectFirst(): void {
    this.#selectNearest(this.view.topLane, 1, this.view.sight.range.startNs);
  }

  /** Selects what the first lane with any spans does at a time, from one lane on, up or down. */
  #selectNearest(from: number | null, step: 1 | -1, timeNs: number): void {
    for (let lane = from; lane !== null; lane = this.view.laneBeside(lane, step)) {
      const span = spanAround(this.view.timeline, lane, timeNs);
      if (span === null) continue;
      this.select(span);
      return;
    }
  }

  #goToHolder(): void {
    const wait = this.#selected;
    if (wait?.kind !== 'wait') this.#events.onSay('Select a wait to go to its holder');
    else if (!this.#leave(wait, holdWaitedFor(this.view.timeline, wait))) {
      this.#events.onSay('No lane is known to have held the lock meanwhile');
    }
  }
}
