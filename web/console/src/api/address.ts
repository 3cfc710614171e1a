/** The address of a route with its places filled in. */
export type Places = Readonly<Record<string, string>>;
type Value = string | number | boolean;
export type Query = Readonly<Record<string, Value | readonly Value[] | null | undefined>>;

/** `/views/{view_id}` with `{ view_id }`; of the query what is neither null nor undefined, of a list each value. */
export function address(path: string, places: Places = {}, query: Query = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(places[name] ?? ''));
  const asked = Object.entries(query).flatMap(([name, value]) =>
    value == null ? [] : [value].flat().map((one) => [name, String(one)]),
  );
  return asked.length === 0 ? filled : `${filled}?${new URLSearchParams(asked).toString()}`;
}
