/** Sizes as people read them: `1,4 GB`, `38 MB`. */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

export function bytes(size: number, language: string): string {
  let value = Math.max(0, size);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${value.toLocaleString(language === 'en' ? 'en-GB' : 'tr-TR', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${UNITS[unit] ?? ''}`;
}
