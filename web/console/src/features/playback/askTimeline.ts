/** The coverage of one camera as people see it. */
import { type Span, readTimeline } from './api';
import { type CameraTimeline, asRead } from './coverage';

export async function askTimeline(cameraId: string, span: Span, signal: AbortSignal): Promise<CameraTimeline> {
  return asRead(await readTimeline(cameraId, span, signal));
}
