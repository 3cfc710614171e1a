/** What of the list stands in the address, so that a colleague can be sent it. */
export type GrantsSearch = { show?: 'active' | 'waiting' | 'ending' | 'all'; search?: string };

export function validateGrantsSearch(search: Record<string, unknown>): GrantsSearch {
  const { show, search: words } = search;
  return {
    ...(show === 'active' || show === 'waiting' || show === 'ending' || show === 'all' ? { show } : {}),
    ...(typeof words === 'string' && words !== '' ? { search: words.slice(0, 100) } : {}),
  };
}
