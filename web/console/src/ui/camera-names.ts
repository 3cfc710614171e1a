/** What people call a camera. */
type Named = { id: string; number: number; name: string };

export const cameraName = ({ number, name }: Pick<Named, 'number' | 'name'>): string => `${number} · ${name}`;

export const cameraNames = (cameras: readonly Named[]): ReadonlyMap<string, string> => new Map(cameras.map((one) => [one.id, cameraName(one)]));
