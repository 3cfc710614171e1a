/** What of the wall stands in the address, so that a colleague can be sent the exact state. */
export type LiveSearch = { view?: string; camera?: string };

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export function validateLiveSearch(search: Record<string, unknown>): LiveSearch {
  const view = text(search['view']);
  const camera = text(search['camera']);
  return { ...(view ? { view } : {}), ...(camera ? { camera } : {}) };
}
