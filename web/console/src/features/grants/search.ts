/** What of the list stands in the address, so that a colleague can be sent it. */
const SHOWN = ['active', 'waiting', 'ending', 'unrenewed', 'all'] as const;
export type GrantsSearch = { show?: (typeof SHOWN)[number]; search?: string };

export function validateGrantsSearch(search: Record<string, unknown>): GrantsSearch {
  const { show, search: words } = search;
  const shown = SHOWN.find((one) => one === show);
  return {
    ...(shown ? { show: shown } : {}),
    ...(typeof words === 'string' && words !== '' ? { search: words.slice(0, 100) } : {}),
  };
}
