/** What is dragged over the wall: a camera from the tree, or a cell. Pictures themselves cannot be dragged. */
import type { DragEvent } from 'react';
import type { WallAct } from './wall-state';

const CAMERA = 'application/x-nazar-camera';
const CELL = 'application/x-nazar-cell';

export function dragCamera(event: DragEvent, camera_id: string): void {
  event.dataTransfer.setData(CAMERA, camera_id);
  event.dataTransfer.effectAllowed = 'copy';
}

export function dragCell(event: DragEvent, cell: number, handle: Element | null): void {
  event.dataTransfer.setData(CELL, String(cell));
  event.dataTransfer.effectAllowed = 'move';
  // Only the strip goes along with the pointer, never the picture.
  if (handle) event.dataTransfer.setDragImage(handle, 12, 12);
}

export function allowDrop(event: DragEvent): void {
  if (event.dataTransfer.types.some((type) => type === CAMERA || type === CELL)) event.preventDefault();
}

export function dropped(event: DragEvent, cell: number): WallAct | null {
  event.preventDefault();
  const camera_id = event.dataTransfer.getData(CAMERA);
  if (camera_id) return { do: 'place', camera_id, cell };
  const from = event.dataTransfer.getData(CELL);
  return from === '' ? null : { do: 'exchange', from: Number(from), to: cell };
}
