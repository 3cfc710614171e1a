/** Turkish-aware search: capital and small, dotted and dotless, with and without diacritics are one. */

/** `Işık`, `IŞIK`, `isik` all become `isik`. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[Iİı]/gu, 'i')
    .toLowerCase()
    .trim();
}

/** True if each word of `query` stands somewhere in one of `texts`; true for an empty query. */
export function matches(query: string, texts: readonly (string | number)[]): boolean {
  const place = fold(texts.join(' '));
  return fold(query)
    .split(/\s+/)
    .every((word) => place.includes(word));
}
