/** Whether anything of the node asks for a person: judged as the server's own status page does. */
import { exceptionsOf } from './exceptions';
import type { Health } from './health';

/** How many cameras record while nothing asks for a person; null when something does. */
export function wellCount(health: Health): number | null {
  const { alarms, cameras, reasons, recorders, unread, verdict, volumes } = health;
  const isNodeWell = verdict === 'ok' && reasons.length === 0 && unread.length === 0 && alarms.length === 0;
  const areRecordersUp = recorders.every(({ is_up }) => is_up);
  const areVolumesWell = volumes.every(({ state, is_retention_at_risk }) => state === 'ok' && !is_retention_at_risk);
  const recording = cameras.filter(({ state }) => state === 'recording').length;
  const isWell = isNodeWell && areRecordersUp && areVolumesWell && exceptionsOf(cameras).length === 0;
  return isWell && recording > 0 ? recording : null;
}
