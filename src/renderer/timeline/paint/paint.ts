import { finish, type CooperativeTask } from '../../../base/cooperative-task.js';
import type { SpanKind } from '../../../recording/spans.js';
import type { Timeline } from '../../../recording/timeline.js';
import { clip, clipped, type ChartPen } from './chart-pen.js';
import { columnCount, Columns, StripSheet, type StripRow, type Strips } from './column-strip.js';
import { HatchedStrips } from './hatch.js';
import { dominantHolderInColumn } from '../model/dominant-holder.js';
import { laneBands, laneTop, sectionsInSight, type Stripe } from '../model/lane-rows.js';
import type { NewSurface } from './opacity-sheet.js';
import {
  addRun,
  addRuns,
  bandedTasks,
  paintBands,
  paintBlocks,
  paintLabels,
  type Block,
  type Pen,
} from './paint-lane.js';
import { paintLockName, paintNames, paintScrollbar } from './paint-margins.js';
import { paintSuspensions } from './paint-suspensions.js';
import { laneColour, textOnLane, type Palette } from '../../ui/palette.js';
import { SpanRaster } from '../model/span-raster.js';
import type { Geometry, Scene } from './scene.js';
import type { TimeWindow } from '../model/time-window.js';

/** Size of the labels' type, in px. */
const LABEL_PX = 11;
/** A block at least so high, in px, has room for a label. */
const LABELLED_HEIGHT = 15;
/** What a lane's number in the lock's row keeps free on both sides together, in px. */
const HOLDER_MARGIN_PX = 8;

/** What the strips of a painter are made with: plain ones, and hatched ones for waits. */
export interface StripMakers {
  readonly plain: Strips;
  readonly hatched: Strips;
}

/** The kinds that have a row of their own; tasks are bands behind them. */
type PaintedKind = Exclude<SpanKind, 'task'>;

/** What a lane has in view: rows for what is narrow, blocks for what is wide. */
interface LanePicture {
  readonly lane: number;
  readonly wait: StripRow;
  readonly waits: readonly Block[];
  readonly sleep: StripRow;
  readonly sleeps: readonly Block[];
  /** Rows of the kinds that only programs have; only those kinds that the lane has spans of. */
  readonly others: readonly { readonly kind: 'queued' | 'blocked'; readonly row: StripRow }[];
  readonly compute: StripRow;
  readonly computes: readonly Block[];
  readonly hold: StripRow;
  readonly tasks: readonly Block[];
}

/** What the lock's row has in view: a row for each colour, and blocks with room for a number. */
interface LockPicture {
  readonly rows: readonly StripRow[];
  readonly blocks: readonly Block[];
}

/** Paints scenes: the lock's row, and the lanes in sight with their names. */
export class Painter {
  readonly #plain: Strips;
  readonly #hatched: Strips;
  readonly #runs = new SpanRaster();
  /** Of the lanes that are out of sight, the columns of their holds. */
  readonly #outOfSight: Columns[] = [];

  constructor(
    newSurface: NewSurface,
    { plain, hatched }: StripMakers = {
      plain: new StripSheet(newSurface),
      hatched: new HatchedStrips(newSurface),
    },
  ) {
    this.#plain = plain;
    this.#hatched = hatched;
  }

  /** Paints a scene; `ratio` is how many of the screen's pixels a CSS pixel is. */
  paint(pen: ChartPen, scene: Scene, geometry: Geometry, ratio: number): void {
    finish(this.painting(pen, scene, geometry, ratio));
  }

  /** The same in steps of a lane, for pictures of more lanes than a frame has time for. */
  *painting(pen: ChartPen, scene: Scene, geometry: Geometry, ratio: number): CooperativeTask<void> {
    const { rows, plot, window } = geometry;
    const sections = sectionsInSight(rows);
    const resolution = { ratio, columnPx: scene.columnPx };
    this.#plain.begin(window.widthPx, resolution);
    this.#hatched.begin(window.widthPx, resolution);
    const lanes = new Map<number, LanePicture>();
    for (const lane of sections.flatMap((section) => section.lanes)) {
      lanes.set(lane, this.#lookAtLane(scene, window, lane));
      yield;
    }
    const holds: Columns[] = [];
    for (let lane = 0; rows.lock !== null && lane < rows.lanes; lane += 1) {
      const picture = lanes.get(lane);
      holds.push(picture?.hold.columns ?? this.#holdsOutOfSight(scene, window, lane));
      if (picture === undefined) yield;
    }
    const lock = rows.lock === null ? null : this.#lookAtLock(scene, window, holds);
    this.#plain.finish();
    this.#hatched.finish();
    yield;
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    if (rows.lock !== null && lock !== null) this.#paintLock(pen, scene, geometry, rows.lock, lock);
    for (const section of sections) {
      clipped(pen, { left: 0, width: plot.left }, section.area, () => {
        paintNames(pen, rows, section, scene);
      });
      pen.save();
      clip(pen, plot, section.area);
      pen.font = `${LABEL_PX}px ${scene.palette.fontFamily}`;
      const widthOf = labelRuler(pen);
      for (const lane of section.lanes) {
        const picture = lanes.get(lane);
        if (picture !== undefined) this.#paintLane(pen, scene, geometry, picture, widthOf);
        yield;
      }
      pen.restore();
    }
    this.#plain.release();
    this.#hatched.release();
    paintSuspensions(pen, scene, geometry);
    paintScrollbar(pen, geometry, scene.palette);
  }

  #lookAtLane(
    { timeline, palette, columnPx }: Scene,
    window: TimeWindow,
    lane: number,
  ): LanePicture {
    const tracks = timeline.lane(lane);
    const runs = this.#runs;
    const look = (kind: PaintedKind, row: StripRow, isOwn: boolean) => {
      const blocks: Block[] = [];
      addRuns(runs.find(tracks[kind], window, columnPx), row.columns, (block) => {
        blocks.push(block);
        return isOwn;
      });
      return blocks;
    };
    const wait = this.#hatched.row(palette.wait);
    const sleep = this.#plain.row(palette.sleep);
    const compute = this.#plain.row(palette.compute);
    const hold = this.#plain.row(laneColour(palette, lane));
    look('hold', hold, false);
    const others = (['queued', 'blocked'] as const)
      .filter((kind) => tracks[kind].length > 0)
      .map((kind) => ({ kind, row: this.#plain.row(palette[kind]) }));
    for (const { kind, row } of others) look(kind, row, false);
    return {
      lane,
      wait,
      waits: look('wait', wait, false),
      sleep,
      sleeps: look('sleep', sleep, true),
      others,
      compute,
      computes: look('compute', compute, true),
      hold,
      tasks: bandedTasks(tracks.task, window),
    };
  }

  /** The columns of a lane's holds that are seen in the lock's row only. */
  #holdsOutOfSight({ timeline, columnPx }: Scene, window: TimeWindow, lane: number): Columns {
    const columns = (this.#outOfSight[lane] ??= new Columns());
    columns.begin(columnCount(window.widthPx, columnPx), columnPx);
    addRuns(this.#runs.find(timeline.lane(lane).hold, window, columnPx), columns, () => false);
    return columns;
  }

  /**
   * A row for each colour, so that a column can be shared by two. Where several hold the lock in a
   * column, it has the colour of whoever does most, as the lanes' own rows show it.
   */
  #lookAtLock(
    { timeline, palette, columnPx }: Scene,
    window: TimeWindow,
    holds: readonly Columns[],
  ): LockPicture {
    const { lock } = timeline;
    const rows = new Map<string, StripRow>();
    const blocks: Block[] = [];
    const runs = this.#runs.find(lock, window, columnPx);
    for (let run = 0; run < runs.length; run += 1) {
      const isShared = runs.next(run) - runs.first(run) > 1;
      const holder = isShared
        ? dominantHolderInColumn(holds, runs.column(run))
        : lock.tag(runs.first(run));
      const colour = laneColour(palette, holder);
      let row = rows.get(colour);
      if (row === undefined) rows.set(colour, (row = this.#plain.row(colour)));
      addRun(runs, run, row.columns, (block) => {
        blocks.push(block);
        return false;
      });
    }
    return { rows: [...rows.values()], blocks };
  }

  /** The lock's row: its holder over time, in the holder's colour and by its number. */
  #paintLock(
    pen: ChartPen,
    { timeline, palette }: Scene,
    { plot }: Geometry,
    stripe: Stripe,
    { rows, blocks }: LockPicture,
  ): void {
    const middle = Math.round(stripe.top + stripe.height / 2);
    paintLockName(pen, palette, middle);
    clipped(pen, plot, stripe, () => {
      for (const row of rows) this.#plain.paint(pen, row, stripe);
      pen.font = `${LABEL_PX}px ${palette.fontFamily}`;
      paintHolders(pen, timeline, palette, blocks, middle);
    });
  }

  #paintLane(
    pen: ChartPen,
    { timeline, palette }: Scene,
    { rows, window }: Geometry,
    picture: LanePicture,
    widthOf: (label: string) => number,
  ): void {
    const bands = laneBands(laneTop(rows, picture.lane), rows.laneHeight);
    const { wait, sleep, others, compute, hold, waits, sleeps, computes } = picture;
    paintBands(pen, picture.tasks, bands.task, palette.text);
    this.#hatched.paint(pen, wait, bands.wait);
    for (const { kind, row } of others) this.#plain.paint(pen, row, bands[kind]);
    this.#plain.paint(pen, sleep, bands.sleep);
    paintBlocks(pen, sleeps, window, bands.sleep, palette.sleep);
    this.#plain.paint(pen, compute, bands.block);
    paintBlocks(pen, computes, window, bands.block, palette.compute);
    // A strip on the block of its task; without tasks it is the block.
    this.#plain.paint(pen, hold, timeline.labels === null ? bands.hold : bands.block);
    // The tooltip has the labels of spans without tasks: they are too long for most blocks.
    if (bands.block.height < LABELLED_HEIGHT || timeline.labels !== null) return;
    const tracks = timeline.lane(picture.lane);
    const on = (colour: string, plate: string | null = null) => ({ colour, plate, widthOf });
    paintLabels(pen, tracks.sleep, sleeps, bands.sleep, on(palette.onSleep));
    paintLabels(pen, tracks.compute, computes, bands.block, on(palette.onCompute));
    if (bands.wait.height < LABELLED_HEIGHT) return;
    // The hatch would cross what is written.
    paintLabels(pen, tracks.wait, waits, bands.wait, on(palette.text, palette.surface));
  }
}

/** Writes the holder's number where there is room for it. */
function paintHolders(
  pen: ChartPen,
  { lock }: Timeline,
  palette: Palette,
  blocks: readonly Block[],
  middle: number,
): void {
  const digit = pen.measureText('0').width;
  for (const { index, x, width } of blocks) {
    const lane = lock.tag(index);
    const label = String(lane);
    const labelWidth = digit * label.length;
    if (width < labelWidth + HOLDER_MARGIN_PX) continue;
    pen.fillStyle = textOnLane(palette, lane);
    pen.fillText(label, x + Math.round((width - labelWidth) / 2), middle);
  }
}

/** Measures labels of `#` and digits by their number of characters, with one look at the font. */
function labelRuler(pen: Pen): (label: string) => number {
  const digit = pen.measureText('0').width;
  const sign = pen.measureText('#').width;
  return (label) => sign + (label.length - 1) * digit;
}
