/** What the address of `/breaches` says: `entry`: the form begins with this entry of the audit log; `open`: `new`, or a record. */
export type BreachesSearch = { entry?: number; open?: string; page?: number };

const ID = /^[0-9a-f-]{36}$/i;

const positive = (value: unknown): number | undefined => {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
};

export function validateBreachesSearch({ entry, open, page }: Record<string, unknown>): BreachesSearch {
  const found = {
    entry: positive(entry),
    open: typeof open === 'string' && (open === 'new' || ID.test(open)) ? open : undefined,
    page: positive(page),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
