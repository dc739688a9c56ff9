import type { TimelineExplorer } from './explorer.js';
import { snapped, type SnappedTime } from './snap.js';
import type { Place } from './timeline-view.js';
import type { TimeRange } from './time-window.js';
import { rangeBetween } from './view.js';

/** A place on the canvas, in px. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A pointer that has moved by less, in px, since it went down has clicked. */
const CLICK_PX = 4;
/** Edges of spans, and of the range, are met from so far away, in px. */
const SNAP_PX = 7;
const HANDLE_PX = 4;

/** What the pointer does while it is down, and the part in view or the range as it was before. */
type Drag = { readonly from: Point; isClick: boolean } & (
  | { readonly kind: 'pan'; last: Point; readonly before: TimeRange }
  | { readonly kind: 'range'; readonly anchorNs: number; readonly before: TimeRange | null }
);

/** What the pointer would do where it is, for its shape. */
export type Grip = 'pan' | 'range' | 'edge' | 'pin';

/** The pointer over a timeline: a drag pans, with Shift or on the axis it selects a range; clicks. */
export class Gestures {
  readonly #explorer: TimelineExplorer;
  #drag: Drag | null = null;

  constructor(explorer: TimelineExplorer) {
    this.#explorer = explorer;
  }

  get isDragging(): boolean {
    return this.#drag !== null && !this.#drag.isClick;
  }

  /** The pointer goes down. */
  down(point: Point, withShift: boolean): void {
    const place = this.#at(point);
    const grip = this.grip(place, withShift);
    if (grip === 'edge' || grip === 'range') {
      const anchorNs = this.#oppositeEdge(place) ?? this.#snap(place).timeNs;
      const before = this.#explorer.range;
      this.#drag = { kind: 'range', anchorNs, from: point, isClick: true, before };
    } else {
      const before = this.#explorer.view.sight.range;
      this.#drag = { kind: 'pan', from: point, last: point, isClick: true, before };
    }
    this.#explorer.view.canvases.mark({ hover: null });
  }

  /** Handles a pointer move. Returns what is under the pointer where no button is down. */
  move(point: Point, withShift: boolean): Place | null {
    const drag = this.#drag;
    if (drag === null) return this.#hover(point, withShift);
    const far = Math.max(Math.abs(point.x - drag.from.x), Math.abs(point.y - drag.from.y));
    if (drag.isClick && far < CLICK_PX) return null;
    drag.isClick = false;
    const { view } = this.#explorer;
    if (drag.kind === 'pan') {
      view.panBy(Math.round(drag.last.x - point.x), drag.last.y - point.y);
      drag.last = point;
      return null;
    }
    const to = this.#rangeEnd(point, drag.anchorNs);
    view.canvases.mark({ cursor: to });
    this.#explorer.selectRange(rangeBetween(drag.anchorNs, to.timeNs, view.sight.whole));
    return null;
  }

  /** The pointer goes up: where it was a click, does what that means. */
  up(point: Point): void {
    const drag = this.#drag;
    this.cancel();
    if (drag?.isClick !== true) return;
    const { part, row, hit } = this.#at(point);
    if (part === 'names' && typeof row === 'number') this.#explorer.togglePin(row);
    else if (hit !== null) this.#explorer.pick(hit);
    else this.#explorer.release();
  }

  /** Ends the drag, and takes back what it has done; returns whether there was one. */
  revert(): boolean {
    const drag = this.#drag;
    if (drag === null) return false;
    this.cancel();
    const { view } = this.#explorer;
    if (drag.kind === 'range') this.#explorer.selectRange(drag.before);
    else {
      view.panBy(0, drag.last.y - drag.from.y);
      view.go(drag.before);
    }
    return true;
  }

  /** The pointer has been taken away. */
  cancel(): void {
    this.#drag = null;
    this.#explorer.view.canvases.mark({ cursor: null });
  }

  /** The pointer has left. */
  leave(): void {
    this.#explorer.view.canvases.mark({ hover: null, cursor: null, named: null });
  }

  /** A double click: to the selected span, or to all. */
  double(point: Point): void {
    if (this.#at(point).part === 'names') return;
    if (!this.#explorer.focus()) this.#explorer.view.fit();
  }

  /** What the pointer would do at a place. */
  grip(place: Place, withShift: boolean): Grip {
    if (place.part === 'names') return typeof place.row === 'number' ? 'pin' : 'pan';
    if (!withShift && this.#oppositeEdge(place) !== null) return 'edge';
    return withShift || place.part === 'axis' ? 'range' : 'pan';
  }

  #hover(point: Point, withShift: boolean): Place {
    const place = this.#at(point);
    const grip = this.grip(place, withShift);
    this.#explorer.view.canvases.mark({
      hover: place.hit,
      cursor: grip === 'range' ? this.#snap(place) : null,
      named: grip === 'pin' && typeof place.row === 'number' ? place.row : null,
    });
    return place;
  }

  /** Of a place on an edge of the range, the time of the other edge. */
  #oppositeEdge({ part, timeNs, nsPerPx }: Place): number | null {
    const { range } = this.#explorer;
    if (range === null || part === 'names') return null;
    const reachNs = HANDLE_PX * nsPerPx;
    if (Math.abs(range.endNs - timeNs) <= reachNs) return range.startNs;
    return Math.abs(range.startNs - timeNs) <= reachNs ? range.endNs : null;
  }

  /** The other end of a range, which may be shorter than what snaps to one edge. */
  #rangeEnd(point: Point, anchorNs: number): SnappedTime {
    const place = this.#at(point);
    const to = this.#snap(place);
    return to.timeNs === anchorNs ? { timeNs: place.timeNs, isEdge: false } : to;
  }

  #snap({ row, timeNs, nsPerPx }: Place): SnappedTime {
    const lane = typeof row === 'number' ? row : null;
    return snapped(this.#explorer.view.timeline, timeNs, SNAP_PX * nsPerPx, lane);
  }

  #at({ x, y }: Point): Place {
    return this.#explorer.view.at(x, y);
  }
}
