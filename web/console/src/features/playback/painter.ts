/** The drawing of the time line. All it shows is also said by the table and the slider beside it. */
import { type CameraTimeline, merged } from './coverage';
import type { Interval } from './interval';
import type { Tick } from './ticks';
import { type Shown, endOf } from './zoom';

export interface Colours {
  canvas: string;
  panel: string;
  text: string;
  text2: string;
  divider: string;
  faint: string;
  footage: string;
  warning: string;
  accent: string;
  info: string;
}

export interface Lane {
  label: string;
  timeline: CameraTimeline | null;
  isSelected: boolean;
}

export interface Picture {
  widthPx: number;
  shown: Shown;
  lanes: readonly Lane[];
  ticks: readonly { tick: Tick; label: string }[];
  nowUs: number;
  playheadUs: number;
  hoverUs: number | null;
  marked: Interval;
  letterOf: (cause: string) => string;
  guaranteedWord: string;
  font: string;
}

export const AXIS_PX = 48;
export const LANE_PX = 24;
const TICK_TOP_PX = 18;
const BRACKET_TOP_PX = 30;
const BAR_PX = 16;
const MERGED_PX = 12;
const MOST_WITHOUT_MERGED = 4;
/** Nothing went wrong there: colour is for what did. */
const EXPECTED = new Set(['not_commissioned', 'retention_expired', 'live_only']);

export const hasMerged = (lanes: number): boolean => lanes > MOST_WITHOUT_MERGED;
export const heightOf = (lanes: number): number => AXIS_PX + (hasMerged(lanes) ? MERGED_PX : 0) + lanes * LANE_PX + 4;

type Context = CanvasRenderingContext2D;

function hatch(context: Context, colour: string, background: string): CanvasPattern | string {
  const tile = new OffscreenCanvas(8, 8);
  const brush = tile.getContext('2d');
  if (!brush) return background;
  brush.fillStyle = background;
  brush.fillRect(0, 0, 8, 8);
  brush.strokeStyle = colour;
  brush.lineWidth = 1.2;
  for (const at of [-8, 0, 8]) {
    brush.moveTo(at, 8);
    brush.lineTo(at + 8, 0);
  }
  brush.stroke();
  return context.createPattern(tile, 'repeat') ?? background;
}

export class Painter {
  private readonly gapFill: CanvasPattern | string;
  private readonly faintFill: CanvasPattern | string;
  private readonly edgeFill: CanvasPattern | string;

  constructor(
    private readonly context: Context,
    private readonly colours: Colours,
  ) {
    this.gapFill = hatch(context, colours.divider, colours.canvas);
    this.faintFill = hatch(context, colours.faint, colours.canvas);
    this.edgeFill = hatch(context, colours.canvas, colours.footage);
  }

  paint(picture: Picture): void {
    const { context, colours } = this;
    const heightPx = heightOf(picture.lanes.length);
    context.fillStyle = colours.canvas;
    context.fillRect(0, 0, picture.widthPx, heightPx);
    context.textBaseline = 'middle';
    this.axis(picture, heightPx);
    let top = AXIS_PX;
    if (hasMerged(picture.lanes.length)) {
      this.mergedBar(picture, top);
      top += MERGED_PX;
    }
    picture.lanes.forEach((lane, index) => this.lane(picture, lane, top + index * LANE_PX));
    this.marked(picture, heightPx);
    this.now(picture, heightPx);
    if (picture.hoverUs !== null) this.line(picture, picture.hoverUs, heightPx, colours.text2, 1);
    this.playhead(picture, heightPx);
  }

  private x({ shown, widthPx }: Picture, us: number): number {
    return ((us - shown.startUs) / shown.spanUs) * widthPx;
  }

  private axis(picture: Picture, heightPx: number): void {
    const { context, colours } = this;
    context.font = `12px ${picture.font}`;
    let freeFromPx = 0;
    for (const { tick, label } of picture.ticks) {
      const x = Math.round(this.x(picture, tick.us)) + 0.5;
      context.fillStyle = colours.divider;
      context.fillRect(x, tick.isDay ? 0 : TICK_TOP_PX, 1, tick.isDay ? heightPx : 8);
      const labelPx = context.measureText(label).width;
      if (x + 4 < freeFromPx || x + 4 + labelPx > picture.widthPx) continue;
      context.fillStyle = tick.isDay || tick.isOffsetNew ? colours.text : colours.text2;
      context.fillText(label, x + 4, 10);
      freeFromPx = x + 12 + labelPx;
    }
    this.guaranteed(picture);
  }

  /** The bracket of the time in which nothing may have been deleted. */
  private guaranteed(picture: Picture): void {
    const fromUs = picture.lanes.reduce<number | null>((latest, { timeline }) => timeline && Math.max(latest ?? 0, timeline.guaranteed_from_us), null);
    if (fromUs === null) return;
    const { context, colours } = this;
    const left = this.x(picture, fromUs);
    const right = Math.min(this.x(picture, picture.nowUs), picture.widthPx);
    if (right <= 0 || left >= picture.widthPx) return;
    context.strokeStyle = colours.info;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(left, AXIS_PX - 2);
    context.lineTo(left, BRACKET_TOP_PX);
    context.lineTo(right, BRACKET_TOP_PX);
    context.lineTo(right, AXIS_PX - 2);
    context.stroke();
    const wordLeft = Math.max(left, 0) + 6;
    if (right - wordLeft < context.measureText(picture.guaranteedWord).width + 6) return;
    context.fillStyle = colours.info;
    context.fillText(picture.guaranteedWord, wordLeft, BRACKET_TOP_PX + 9);
  }

  private mergedBar(picture: Picture, top: number): void {
    const timelines = picture.lanes.flatMap(({ timeline }) => timeline ?? []);
    this.context.fillStyle = this.colours.text2;
    for (const { start_us, end_us } of merged(timelines)) this.bar(picture, start_us, end_us, top + 3, 5);
  }

  private lane(picture: Picture, { timeline, isSelected }: Lane, top: number): void {
    const { context, colours } = this;
    const barTop = top + (LANE_PX - BAR_PX) / 2;
    context.fillStyle = colours.panel;
    context.fillRect(0, barTop, picture.widthPx, BAR_PX);
    if (isSelected) {
      context.fillStyle = colours.accent;
      context.fillRect(0, top, picture.widthPx, 1);
      context.fillRect(0, top + LANE_PX - 1, picture.widthPx, 1);
    }
    if (!timeline) return;
    context.fillStyle = colours.footage;
    for (const { start_us, end_us } of timeline.recordings) this.bar(picture, start_us, end_us, barTop, BAR_PX);
    for (const gap of timeline.gaps) this.gap(picture, gap.start_us, gap.end_us ?? picture.nowUs, gap.cause, barTop);
    if (timeline.running_until_us !== null) {
      context.fillStyle = this.edgeFill;
      this.bar(picture, timeline.running_until_us, picture.nowUs, barTop, BAR_PX);
    }
  }

  private gap(picture: Picture, startUs: number, endUs: number, cause: string, top: number): void {
    const { context, colours } = this;
    const left = Math.max(0, this.x(picture, startUs));
    const right = Math.min(picture.widthPx, this.x(picture, endUs));
    if (right <= 0 || left >= picture.widthPx) return;
    const isExpected = EXPECTED.has(cause);
    context.fillStyle = isExpected ? this.faintFill : this.gapFill;
    context.fillRect(left, top, Math.max(1, right - left), BAR_PX);
    if (!isExpected) {
      context.fillStyle = colours.warning;
      context.fillRect(left, top + BAR_PX - 2, Math.max(1, right - left), 2); // a gap of one pixel can still be seen
    }
    if (right - left < 18) return;
    context.font = `600 12px ${picture.font}`;
    const letter = picture.letterOf(cause);
    const middle = (left + right) / 2;
    const width = context.measureText(letter).width + 8;
    context.fillStyle = colours.canvas;
    context.fillRect(middle - width / 2, top + 1, width, BAR_PX - 3);
    context.fillStyle = isExpected ? colours.text2 : colours.text;
    context.fillText(letter, middle - width / 2 + 4, top + BAR_PX / 2);
  }

  private bar(picture: Picture, startUs: number, endUs: number, top: number, height: number): void {
    if (endUs < picture.shown.startUs || startUs > endOf(picture.shown)) return;
    const left = Math.max(0, this.x(picture, startUs));
    const right = Math.min(picture.widthPx, this.x(picture, endUs));
    this.context.fillRect(left, top, Math.max(1, right - left), height);
  }

  /** Brackets round the marked interval, tinted between them once both are there. */
  private marked(picture: Picture, heightPx: number): void {
    const { inUs, outUs } = picture.marked;
    const { context, colours } = this;
    context.fillStyle = colours.accent;
    if (inUs !== null && outUs !== null) {
      context.globalAlpha = 0.18;
      this.bar(picture, inUs, outUs, AXIS_PX, heightPx - AXIS_PX);
      context.globalAlpha = 1;
    }
    for (const [us, inward] of [[inUs, 1], [outUs, -1]] as const) {
      if (us === null) continue;
      const x = Math.round(this.x(picture, us));
      context.fillRect(x - 1, AXIS_PX - 4, 2, heightPx - AXIS_PX + 4);
      for (const y of [AXIS_PX - 4, heightPx - 2]) context.fillRect(inward > 0 ? x : x - 7, y, 7, 2);
    }
  }

  private now(picture: Picture, heightPx: number): void {
    const x = this.x(picture, picture.nowUs);
    if (x > picture.widthPx) return;
    this.context.fillStyle = this.colours.canvas;
    this.context.globalAlpha = 0.6;
    this.context.fillRect(x, AXIS_PX, picture.widthPx - x, heightPx - AXIS_PX);
    this.context.globalAlpha = 1;
    this.line(picture, picture.nowUs, heightPx, this.colours.divider, 1);
  }

  private line(picture: Picture, us: number, heightPx: number, colour: string, widthPx: number): void {
    this.context.fillStyle = colour;
    this.context.fillRect(Math.round(this.x(picture, us) - widthPx / 2), 0, widthPx, heightPx);
  }

  private playhead(picture: Picture, heightPx: number): void {
    const x = Math.round(this.x(picture, picture.playheadUs));
    if (x < -8 || x > picture.widthPx + 8) return;
    const { context } = this;
    this.line(picture, picture.playheadUs, heightPx, this.colours.canvas, 4);
    this.line(picture, picture.playheadUs, heightPx, this.colours.text, 2);
    context.fillStyle = this.colours.text;
    context.beginPath();
    context.moveTo(x - 6, 0);
    context.lineTo(x + 6, 0);
    context.lineTo(x, 8);
    context.closePath();
    context.fill();
  }
}
