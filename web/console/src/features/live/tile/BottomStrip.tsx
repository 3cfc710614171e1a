/** What a tile says on looking closer: recording, stream, delay, why it may be seen. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Basis, Camera, StreamKind } from '@/api/types';
import type { Sight } from '@/players/live-session';
import { IconKey } from '@/theme/icons';
import { StateShape } from '@/theme/shapes';
import { decimal, lastDayOf } from '@/time/format';
import { useServerTime } from '@/time/useServerTime';
import { isNotRecording } from './tile-state';
import classes from './tile.module.css';

const SOON_US = 7 * 86_400 * 1e6;

type Props = { camera: Camera; sight: Sight | null; stream: StreamKind; actions?: ReactNode };

export function BottomStrip({ camera, sight, stream, actions }: Props) {
  const { t, i18n } = useTranslation('live');
  const latency = sight?.latency_s;
  return (
    <div className={classes['bottom']}>
      <Recording camera={camera} />
      <abbr className={classes['fact']} title={t(`stream.${stream}`)}>
        {t(`stream.${stream}_letter`)}
      </abbr>
      {latency != null && (
        <span className={classes['fact']} title={t('latency')}>
          {t('seconds', { value: decimal(latency, i18n.language) })}
        </span>
      )}
      {camera.live && <BasisChip basis={camera.live} />}
      <span className={classes['space']} />
      {actions}
    </div>
  );
}

function Recording({ camera }: { camera: Camera }) {
  const { t } = useTranslation('live');
  if (isNotRecording(camera)) return <span className={`${classes['fact']} ${classes['alarm']}`}>{t('not_recording')}</span>;
  if (camera.state !== 'recording') return null;
  return (
    <span className={classes['fact']} title={t('recording')}>
      <StateShape shape="recording" />
      <span className="nz-hidden">{t('recording')}</span>
    </span>
  );
}

function BasisChip({ basis }: { basis: Basis }) {
  const { t, i18n } = useTranslation('live');
  const isSoon = useServerTime((now_us) => basis.until_us !== null && basis.until_us - now_us < SOON_US);
  const until = basis.until_us === null ? null : lastDayOf(basis.until_us, i18n.language);
  return (
    <span className={classes['basis']} data-soon={isSoon} title={until ? t('basis_until', { basis: basis.text, until }) : basis.text}>
      <IconKey size={13} />
      <span className={classes['basis-text']} lang="tr">
        {basis.text}
      </span>
      {until && <span>{t('last_day', { day: until })}</span>}
    </span>
  );
}
