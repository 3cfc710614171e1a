/** What a derived copy hides: outlines in parts of the picture's width and height, as the server takes them. */
export type Corner = readonly [x: number, y: number];
export type Mask = readonly Corner[];
/** `isOpen`: an outline is drawn and not closed yet: it hides nothing. */
export type CameraWish = { camera_id: string; masks: readonly Mask[]; isOpen?: boolean };
export type Wish = { watermark: boolean; cameras: readonly CameraWish[] };
type Span = { start_us: number; end_us: number };

export const MOST_CORNERS = 32;
export const MOST_MASKS = 32;
export const LEAST_CORNERS = 3;
const NEAR = 0.02; // so near to its first corner a click closes an outline

const clamp = (part: number): number => Math.min(1, Math.max(0, part));
const tidy = (part: number): number => Math.round(clamp(part) * 1000) / 1000;

/** Where in the picture somebody clicked. */
export const cornerAt = (box: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>, x: number, y: number): Corner => [tidy((x - box.left) / box.width), tidy((y - box.top) / box.height)];

/** Whether a click there closes the outline. */
export const closes = (outline: Mask, [x, y]: Corner): boolean => {
  const first = outline[0];
  return outline.length >= LEAST_CORNERS && first !== undefined && Math.abs(first[0] - x) < NEAR && Math.abs(first[1] - y) < NEAR;
};

/** What whoever uses no pointer begins with: a rectangle in the middle, moved by its numbers. */
export const MIDDLE: Mask = [[0.4, 0.4], [0.6, 0.4], [0.6, 0.6], [0.4, 0.6]];

export const withCorner = (mask: Mask, at: number, corner: Corner): Mask => mask.map((one, index) => (index === at ? [tidy(corner[0]), tidy(corner[1])] : one));

/** One more corner, half way between the last and the first. */
export const withOneMore = (mask: Mask): Mask => {
  const [first, last] = [mask[0], mask[mask.length - 1]];
  if (!first || !last || mask.length >= MOST_CORNERS) return mask;
  return [...mask, [tidy((first[0] + last[0]) / 2), tidy((first[1] + last[1]) / 2)]];
};

export const masksOf = (wish: Wish, camera_id: string): readonly Mask[] => wish.cameras.find((one) => one.camera_id === camera_id)?.masks ?? [];

export const withMasks = (wish: Wish, camera_id: string, masks: readonly Mask[], isOpen = false): Wish => ({
  ...wish,
  cameras: wish.cameras.map((one) => (one.camera_id === camera_id ? { camera_id, masks, ...(isOpen ? { isOpen } : {}) } : one)),
});

export const withCamera = (wish: Wish, camera_id: string, isWanted: boolean): Wish => {
  const others = wish.cameras.filter((one) => one.camera_id !== camera_id);
  return { ...wish, cameras: isWanted ? [...others, { camera_id, masks: [] }] : others };
};

/** Whether the copy would show something otherwise for every camera that is chosen, and every mask is closed. */
export const isWhole = (wish: Wish): boolean => wish.cameras.length > 0 && wish.cameras.every((one) => !one.isOpen && (wish.watermark || one.masks.length > 0));

export const pointsOf = (mask: Mask): string => mask.map(([x, y]) => `${x},${y}`).join(' ');

/** What of the intervals can be looked at: without the gaps in them; all of them while nothing else is known. */
export function shown(spans: readonly Span[], gaps: readonly Span[]): readonly Span[] {
  const left = gaps.reduce<readonly Span[]>(
    (rest, gap) => rest.flatMap(({ start_us, end_us }) => [{ start_us, end_us: Math.min(end_us, gap.start_us) }, { start_us: Math.max(start_us, gap.end_us), end_us }].filter((one) => one.start_us < one.end_us)),
    spans,
  );
  return left.length > 0 ? left : spans;
}

/** The moment at a share (0 … 1) of several intervals put behind one another. */
export function momentAt(spans: readonly Span[], share: number): number {
  const inAll_us = spans.reduce((sum, one) => sum + one.end_us - one.start_us, 0);
  let left_us = Math.floor(clamp(share) * Math.max(0, inAll_us - 1));
  for (const one of spans) {
    if (left_us < one.end_us - one.start_us) return one.start_us + left_us;
    left_us -= one.end_us - one.start_us;
  }
  return spans[0]?.start_us ?? 0;
}
