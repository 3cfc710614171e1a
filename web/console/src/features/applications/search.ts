/** What of the applications stands in the address: the filter, what is open beside the list. */
export const SHOWN = ['open', 'answered', 'all'] as const;
/** `open`: `new`, or the id of the application whose answer is written. */
export type ApplicationsSearch = { show?: (typeof SHOWN)[number]; search?: string; open?: string };

const OPEN = /^(new|[0-9a-f-]{36})$/i;

export function validateApplicationsSearch({ show, search: words, open }: Record<string, unknown>): ApplicationsSearch {
  const shown = SHOWN.find((one) => one === show);
  return {
    ...(shown ? { show: shown } : {}),
    ...(typeof words === 'string' && words !== '' ? { search: words.slice(0, 100) } : {}),
    ...(typeof open === 'string' && OPEN.test(open) ? { open } : {}),
  };
}
