/** A secret as people read it aloud: groups of four. */
export const grouped = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? '';

/** What a file with recovery codes says. */
export const codesFile = (title: string, codes: readonly string[]): string => `${title}\r\n\r\n${codes.join('\r\n')}\r\n`;
