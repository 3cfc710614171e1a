/** Shapes that say how grave something is; colour only says it again. */
type Shape = 'critical' | 'warning' | 'paused' | 'info' | 'connecting' | 'recording' | 'not_recording' | 'mask';

const PATHS: Record<Shape, React.ReactNode> = {
  critical: <path d="M8 1.6 15 14H1z" fill="currentColor" />,
  warning: <path d="M8 .8 15.2 8 8 15.2.8 8z" fill="currentColor" />,
  paused: (
    <>
      <path d="M8 .8 15.2 8 8 15.2.8 8z" fill="currentColor" />
      <path d="M6.3 5.4v5.2M9.7 5.4v5.2" stroke="#0d1217" strokeWidth="1.6" />
    </>
  ),
  info: <rect x="2" y="2" width="12" height="12" rx="3" fill="currentColor" />,
  connecting: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="3.2 2.56" />,
  recording: <circle cx="8" cy="8" r="3.8" fill="currentColor" />,
  not_recording: (
    <>
      <circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M3.8 12.2 12.2 3.8" stroke="currentColor" strokeWidth="2" />
    </>
  ),
  mask: <path d="M1 1h7v7H1zM8 8h7v7H8z" fill="currentColor" />,
};

export type ShapeName = Shape;

export function StateShape({ shape, size = 12 }: { shape: Shape; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {PATHS[shape]}
    </svg>
  );
}
