/** Cameras grouped by site, both in the order a Turkish reader looks for them. */
import type { Camera } from '@/api/types';

const collator = new Intl.Collator('tr', { numeric: true });

export function bySite(cameras: readonly Camera[]): { site: string; cameras: Camera[] }[] {
  const groups = new Map<string, Camera[]>();
  for (const camera of cameras) {
    const group = groups.get(camera.site);
    if (group) group.push(camera);
    else groups.set(camera.site, [camera]);
  }
  return [...groups]
    .sort(([a], [b]) => collator.compare(a, b))
    .map(([site, members]) => ({ site, cameras: members.sort((a, b) => a.number - b.number) }));
}
