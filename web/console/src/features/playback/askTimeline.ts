/** The coverage of one camera as people see it. */
import { type Span, readTimeline } from './api';
import { type CameraTimeline, joinedGaps } from './coverage';

export async function askTimeline(cameraId: string, span: Span, signal: AbortSignal): Promise<CameraTimeline> {
  const timeline = await readTimeline(cameraId, span, signal);
  return { ...timeline, gaps: joinedGaps(timeline.gaps) };
}
