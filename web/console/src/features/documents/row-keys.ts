/** The keys of the list: which row has the focus next. */

/** The search field stands above the first row. */
export const SEARCH = -1;

/** From row `at` of `count`, or from the search field; null for a key that moves nothing there. */
export function rowAfter(key: string, at: number, count: number): number | null {
  const isRow = at !== SEARCH;
  switch (key) {
    case 'ArrowDown':
      return at + 1 < count ? at + 1 : isRow ? at : null;
    case 'ArrowUp':
      return isRow ? at - 1 : null;
    case 'Home':
      return isRow ? 0 : null;
    case 'End':
      return isRow ? count - 1 : null;
    default:
      return null;
  }
}
