/** Main or sub stream for each tile, by its size and by what this machine can decode. */
import type { StreamKind } from '@/api/types';

/** Sub-streams are about this wide; one measured on the tile itself would come too late. */
const SUB_WIDTH_PX = 640;
const WORTH = 1.2;

export type TileSize = { cell: number; width_px: number; has_sub: boolean; isSpot: boolean };

/** Two pictures in full size at a time, four on larger machines. */
export const mainLimit = (cores: number): number => (cores >= 8 ? 4 : 2);

/** Cameras without a sub-stream always give their main one and use up the limit first. */
export function chooseStreams(tiles: readonly TileSize[], pixel_ratio: number, limit: number): Map<number, StreamKind> {
  const chosen = new Map<number, StreamKind>(tiles.map((tile) => [tile.cell, tile.has_sub ? 'sub' : 'main']));
  const taken = tiles.filter((tile) => !tile.has_sub).length;
  tiles
    .filter((tile) => tile.has_sub && tile.width_px * pixel_ratio > WORTH * SUB_WIDTH_PX)
    .sort((a, b) => Number(b.isSpot) - Number(a.isSpot) || b.width_px - a.width_px)
    .slice(0, Math.max(0, limit - taken))
    .forEach((tile) => chosen.set(tile.cell, 'main'));
  return chosen;
}
