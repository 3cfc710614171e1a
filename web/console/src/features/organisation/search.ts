/** What the address of `/admin/units` says. */
export type UnitsSearch = { q?: string; closed?: true; open?: string; under?: string };

export function validateUnitsSearch(search: Record<string, unknown>): UnitsSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined);
  const [q, open, under] = [text(search['q']), text(search['open']), text(search['under'])];
  return {
    ...(q ? { q } : {}), ...(search['closed'] === true ? { closed: true as const } : {}), ...(open ? { open } : {}),
    ...(under ? { under } : {}),
  };
}
