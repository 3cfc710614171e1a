/** What the address of `/cameras` says. */
export type CamerasSearch = { q?: string };

export function validateCamerasSearch(search: Record<string, unknown>): CamerasSearch {
  const q = search['q'];
  return typeof q === 'string' && q !== '' ? { q: q.slice(0, 200) } : {};
}
