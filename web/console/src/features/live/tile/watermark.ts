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
  private readonly observer = new MutationObserver(() => this.tampered());
  private readonly timers: ReturnType<typeof setInterval>[] = [];
  private node: HTMLDivElement | null = null;
  private step: number;

  /** `text_now` is asked once a minute; `onTamper` is called once. */
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
    this.observer.disconnect();
    this.timers.forEach(clearInterval);
    this.node?.remove();
    this.node = null;
  }

  private draw(): void {
    this.observer.disconnect();
    const node = this.node ?? document.createElement('div');
    const [x1, y1, x2, y2] = PLACES[this.step++ % PLACES.length]!;
    node.className = this.className;
    node.setAttribute('aria-hidden', 'true');
    node.style.opacity = String(OPACITY);
    node.replaceChildren(this.line(x1, y1), this.line(x2, y2));
    if (!this.node) this.place.append(node);
    this.node = node;
    this.observer.observe(this.place, { childList: true });
    this.observer.observe(node, { attributes: true, childList: true, characterData: true, subtree: true });
  }

  private line(x: number, y: number): HTMLSpanElement {
    const line = document.createElement('span');
    line.textContent = this.text_now();
    line.style.left = `${x}%`;
    line.style.top = `${y}%`;
    return line;
  }

  /** Style sheets leave no mutation: what is computed is looked at as well. */
  private check(): void {
    if (!this.node || !this.place.isConnected) return;
    const style = getComputedStyle(this.node);
    const isSeen = style.display !== 'none' && style.visibility === 'visible' && Number(style.opacity) >= OPACITY - 0.01;
    if (!isSeen || this.node.parentElement !== this.place) this.tampered();
  }

  private tampered(): void {
    reportAttempt('watermark_removed', cameraUnder(this.place));
    this.remove();
    this.onTamper();
  }
}
