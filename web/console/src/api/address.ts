/** The address of a route with its places filled in. */
export type Places = Readonly<Record<string, string>>;
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** `/views/{view_id}` with `{ view_id }`; of the query what is neither null nor undefined. */
export function address(path: string, places: Places = {}, query: Query = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(places[name] ?? ''));
  const asked = Object.entries(query).filter(([, value]) => value != null);
  return asked.length === 0 ? filled : `${filled}?${new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString()}`;
}
