/** Who watches, written over the picture; taking it away ends the picture. It deters; the log proves. */
import { cameraUnder, reportAttempt } from '@/api/attempts';

const MOVE_MS = 60_000;
const CHECK_MS = 2_000;
const OPACITY = 0.14;

/** Places of the two lines in per cent of the tile, one pair a minute. */
const PLACES: readonly (readonly [number, number, number, number])[] = [
  [4, 18, 34, 62],
  [22, 30, 8, 74],
  [12, 44, 42, 22],
  [30, 14, 18, 54],
  [8, 66, 36, 34],
];

export class Watermark {
  private readonly onMark = new MutationObserver(() => this.tampered());
  private readonly onPlace = new MutationObserver(() => this.check());
  private readonly timers: ReturnType<typeof setInterval>[] = [];
  private node: HTMLDivElement | null = null;
  private step: number;

  /**
   * `place` is the picture's own parent, so that nothing can hide the mark and leave the picture. It must be laid out.
   * `text_now` is asked once a minute; `onTamper` is called once. `remove` it before its place leaves the page.
   */
  constructor(
    private readonly place: HTMLElement,
    private readonly className: string,
    private readonly text_now: () => string,
    private readonly onTamper: () => void,
  ) {
    this.step = Math.floor(Math.random() * PLACES.length);
    this.draw();
    this.timers.push(setInterval(() => this.draw(), MOVE_MS), setInterval(() => this.check(), CHECK_MS));
  }

  remove(): void {
    this.unwatch();
    this.timers.forEach(clearInterval);
    this.node?.remove();
    this.node = null;
  }

  private unwatch(): void {
    this.onMark.disconnect();
    this.onPlace.disconnect();
  }

  private draw(): void {
    this.unwatch();
    const node = this.node ?? document.createElement('div');
    const [x1, y1, x2, y2] = PLACES[this.step++ % PLACES.length]!;
    node.className = this.className;
    node.setAttribute('aria-hidden', 'true');
    node.style.opacity = String(OPACITY);
    node.replaceChildren(this.line(x1, y1), this.line(x2, y2));
    if (!this.node) this.place.append(node);
    this.node = node;
    this.onPlace.observe(this.place, { attributes: true, childList: true });
    this.onMark.observe(node, { attributes: true, childList: true, characterData: true, subtree: true });
  }

  private line(x: number, y: number): HTMLSpanElement {
    const line = document.createElement('span');
    line.textContent = this.text_now();
    line.style.left = `${x}%`;
    line.style.top = `${y}%`;
    return line;
  }

  /** Videos come and go beside the mark; style sheets leave no mutation: what is computed is looked at, also in between. */
  private check(): void {
    const { node, place } = this;
    if (!node) return;
    const isThere = place.isConnected && node.parentElement === place;
    if (!isThere || !isShown(node) || Number(getComputedStyle(node).opacity) < OPACITY - 0.01) this.tampered();
  }

  private tampered(): void {
    reportAttempt('watermark_removed', cameraUnder(this.place));
    this.remove();
    this.onTamper();
  }
}

/** Whether it and all around it are drawn; Safari tells from 17.4 on, the element's own style is known everywhere. */
function isShown(node: HTMLElement): boolean {
  const { display, visibility } = getComputedStyle(node);
  if (display === 'none' || visibility !== 'visible') return false;
  return !('checkVisibility' in node) || node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}
