/** What the address of `/admin/people` says. */
export type PeopleSearch = { q?: string; unit?: string; staff?: 'left' | 'all'; page?: number; open?: string };

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, 200) : typeof value === 'number' ? String(value) : undefined;

export const pageOf = (value: unknown): number | undefined => {
  const page = Number(value);
  return Number.isInteger(page) && page > 1 && page <= 10_000 ? page : undefined;
};

export function validatePeopleSearch(search: Record<string, unknown>): PeopleSearch {
  const [q, unit, page, open] = [text(search['q']), text(search['unit']), pageOf(search['page']), text(search['open'])];
  const staff = search['staff'] === 'left' || search['staff'] === 'all' ? search['staff'] : undefined;
  return {
    ...(q ? { q } : {}), ...(unit ? { unit } : {}), ...(staff ? { staff } : {}), ...(page ? { page } : {}),
    ...(open ? { open } : {}),
  };
}
