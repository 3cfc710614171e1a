import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clock, duration, moment } from '@/time/timeWords';
import type { TrackView } from './trackView';
import classes from './PlaybackTile.module.css';
import { US_PER_DAY } from '@/time/zoneTime';

interface Props {
  view: TrackView;
  zone: string;
  onSeek: (us: number) => void;
}

/** Why a tile has no picture, and where the nearest ones are. */
export function TileSlate({ view, zone, onSeek }: Props) {
  const { t, i18n } = useTranslation('playback');
  if (view.kind === 'video' || view.kind === 'still') return null;
  if (view.kind === 'loading') return <p className={classes['waiting']}>{t('slate.loading')}</p>;
  if (view.kind === 'ahead') return <Slate title={t('slate.ahead')} text={t('slate.ahead_text')} />;
  if (view.kind === 'lost')
    return (
      <Slate title={t('slate.lost')} text={t('slate.lost_text')}>
        <Edges beforeUs={null} afterUs={view.afterUs} write={(us) => clock(us, i18n.language, zone)} onSeek={onSeek} />
      </Slate>
    );
  if (view.kind === 'unreadable') return <Slate title={t('slate.lost')} text={view.detail} />;
  if (view.kind === 'refused') return <Slate title={t('slate.refused')} text={t(`refused.${view.code}`, view.detail || t('refused.no_grant'))} />;
  return <GapSlate view={view} zone={zone} onSeek={onSeek} />;
}

function GapSlate({ view, zone, onSeek }: Props & { view: Extract<TrackView, { kind: 'gap' }> }) {
  const { t, i18n } = useTranslation('playback');
  const { gap, beforeUs, afterUs } = view;
  const isLong = gap.end_us === null || gap.end_us - gap.start_us > US_PER_DAY / 2;
  const write = (us: number) => (isLong ? moment : clock)(us, i18n.language, zone);
  const span = gap.end_us === null ? t('slate.since', { start: write(gap.start_us) }) : `${write(gap.start_us)} – ${write(gap.end_us)}`;
  const isAway = gap.cause === 'volume_away';
  const length = gap.end_us === null ? '' : ` · ${duration(gap.end_us - gap.start_us, i18n.language)}`;
  return (
    <Slate title={t(isAway ? 'slate.away' : 'slate.gap')} text={isAway ? t('slate.away_text') : t('slate.cause', { cause: t(`cause.${gap.cause}.word`, gap.cause) })} cause={gap.cause}>
      {gap.start_us > 0 && gap.cause !== 'not_commissioned' && (
        <p className={classes['span']}>
          {span}
          {length}
        </p>
      )}
      <Edges beforeUs={beforeUs} afterUs={afterUs} write={write} onSeek={onSeek} />
    </Slate>
  );
}

function Slate({ title, text, cause, children }: { title: string; text: string; cause?: string; children?: React.ReactNode }) {
  return (
    <div className={classes['slate']} data-cause={cause}>
      <p className={classes['slateTitle']}>{title}</p>
      <p className={classes['slateText']}>{text}</p>
      {children}
    </div>
  );
}

interface EdgesProps {
  beforeUs: number | null;
  afterUs: number | null;
  write: (us: number) => string;
  onSeek: (us: number) => void;
}

function Edges({ beforeUs, afterUs, write, onSeek }: EdgesProps) {
  const { t } = useTranslation('playback');
  const go = (us: number) => (event: React.MouseEvent) => {
    event.stopPropagation();
    onSeek(us);
  };
  return (
    <div className={classes['edges']}>
      {beforeUs !== null && (
        <Button size="compact-sm" variant="default" onClick={go(beforeUs)}>
          {t('slate.before', { time: write(beforeUs) })}
        </Button>
      )}
      {afterUs !== null && (
        <Button size="compact-sm" variant="default" onClick={go(afterUs)}>
          {t('slate.after', { time: write(afterUs) })}
        </Button>
      )}
    </div>
  );
}
