/** What of playback stands in the address: cameras by id, the moment in microseconds UTC. */
export type PlaybackSearch = { cameras?: string[]; at?: number };

export function validatePlaybackSearch(search: Record<string, unknown>): PlaybackSearch {
  const { cameras, at } = search;
  return {
    ...(Array.isArray(cameras) ? { cameras: cameras.filter((id): id is string => typeof id === 'string').slice(0, 9) } : {}),
    ...(typeof at === 'number' && Number.isSafeInteger(at) ? { at } : {}),
  };
}
