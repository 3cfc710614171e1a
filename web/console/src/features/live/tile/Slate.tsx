/** What stands where no picture may or can stand: the state in words and the next step. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Camera } from '@/api/types';
import { STAGE_AFTER_MS, type Verdict } from '@/players/frozen';
import type { Sight } from '@/players/live-session';
import { IconFilm, IconLock, IconQueue } from '@/theme/icons';
import { StateShape } from '@/theme/shapes';
import { clockTime, dayOf } from '@/time/format';
import { shapeOf, showsPicture, type TileState } from './tile-state';
import classes from './tile.module.css';

type Props = { camera: Camera; state: TileState; verdict: Verdict; sight: Sight | null; onResume: () => void };

export function Slate({ camera, state, verdict, sight, onResume }: Props) {
  const { t } = useTranslation('live');
  if (state === 'frozen') {
    return (
      <div className={classes['frozen']} role="status">
        <StateShape shape="paused" size={14} /> {t('state.frozen')} <FrozenHint verdict={verdict} sight={sight} />
      </div>
    );
  }
  if (showsPicture(state)) return null;
  if (state === 'connecting') return <Connecting verdict={verdict} />;
  return (
    <div className={classes['slate']} data-picture>
      <SlateIcon state={state} />
      <strong>{t(`state.${state}`)}</strong>
      <Hint camera={camera} state={state} verdict={verdict} sight={sight} />
      {state === 'tampered' && (
        <Button size="compact-sm" variant="default" onClick={onResume}>
          {t('resume')}
        </Button>
      )}
    </div>
  );
}

function SlateIcon({ state }: { state: TileState }) {
  if (state === 'authority_ended' || state === 'session_ended') return <IconLock size={22} />;
  if (state === 'codec') return <IconFilm size={22} />;
  if (state === 'server_full') return <IconQueue size={22} />;
  const shape = shapeOf(state);
  return shape ? (
    <span className={classes['glyph']} data-shape={shape}>
      <StateShape shape={shape} size={18} />
    </span>
  ) : null;
}

function Connecting({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation('live');
  const stage = verdict.state === 'connecting' ? verdict.stage : 'none';
  return (
    <div className={classes['slate']} data-quiet data-after={STAGE_AFTER_MS}>
      <span className={classes['ring']} />
      {stage !== 'none' && <span>{t(`stage.${stage}`)}</span>}
    </div>
  );
}

function FrozenHint({ verdict, sight }: { verdict: Verdict; sight: Sight | null }) {
  const { t, i18n } = useTranslation('live');
  if (verdict.state !== 'frozen') return null;
  if (verdict.layer === 'content') return <span>{t('frozen.content')}</span>;
  const at = sight?.last_frame_us == null ? null : clockTime(sight.last_frame_us, i18n.language);
  return <span>{at ? t('last_frame', { at }) : t(`frozen.${verdict.layer}`)}</span>;
}

function Hint({ camera, state, verdict, sight }: Omit<Props, 'onResume'>) {
  const { t, i18n } = useTranslation('live');
  const lines: string[] = [];
  const last_us = sight?.last_frame_us ?? camera.last_picture_us;
  if (state === 'no_picture') {
    if (last_us !== null) {
      lines.push(t('last_frame', { at: `${dayOf(last_us, i18n.language)} ${clockTime(last_us, i18n.language)}` }));
    }
    const code = verdict.state === 'no_picture' || verdict.state === 'refused' ? verdict.code : '';
    lines.push(i18n.exists(`live:cause.${code}`) ? t(`cause.${code}`) : t('cause.other'));
  } else {
    const why = state === 'authority_ended' && verdict.state === 'refused' ? `authority.${verdict.code}` : '';
    lines.push(why && i18n.exists(`live:${why}`) ? t(why) : t(`next.${state}`));
  }
  return (
    <>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </>
  );
}
