import { ActionIcon, Button, NativeSelect, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '@/state/store';
import { BackSign, EdgeBackSign, EdgeOnSign, FrameBackSign, FrameOnSign, FullScreenSign, PauseSign, PlaySign } from './icons';
import classes from './Transport.module.css';
import type { Desk } from './desk';
import type { KeyAct } from './keys';
import { BACK_SPEEDS, SPEEDS } from './search';
import type { DeskActs } from './useDeskActs';
import type { ShownControl } from './useShown';
import { ZOOM_LEVELS_US, levelOf } from './zoom';

interface Props {
  desk: Desk;
  acts: DeskActs;
  control: ShownControl;
  clock: ReactNode;
}

/** Play, pause, frames, gap edges, speed, zoom. */
export function Transport({ desk, acts, control, clock }: Props) {
  const { t } = useTranslation('playback');
  const state = useStore(desk.state);
  const number = (speed: number) => t('speed.value', { speed: Math.abs(speed), formatParams: { speed: { maximumFractionDigits: 2 } } });
  const key = (act: KeyAct, sign: ReactNode, shown: string, isPressed?: boolean) => (
    <Tooltip label={`${t(`act.${act}`)} (${shown})`}>
      <ActionIcon variant="default" size={36} aria-label={t(`act.${act}`)} aria-pressed={isPressed} onClick={() => acts(act)}>
        {sign}
      </ActionIcon>
    </Tooltip>
  );

  return (
    <div className={classes['transport']} role="toolbar" aria-label={t('transport.label')}>
      <div className={classes['group']}>
        {key('edge_back', <EdgeBackSign />, '[')}
        {key('frame_back', <FrameBackSign />, ',')}
        {key('back', <BackSign />, 'J', state.isPlaying && state.rate < 0)}
        <Tooltip label={`${state.isPlaying ? t('act.pause') : t('act.play')} (${t('key.space')})`}>
          <ActionIcon variant="filled" size={44} aria-label={state.isPlaying ? t('act.pause') : t('act.play')} onClick={() => desk.toggle()}>
            {state.isPlaying ? <PauseSign /> : <PlaySign />}
          </ActionIcon>
        </Tooltip>
        {key('frame_on', <FrameOnSign />, '.')}
        {key('edge_on', <EdgeOnSign />, ']')}
      </div>
      {clock}
      <div className={classes['group']}>
        <Button variant="default" onClick={() => acts('go_to')}>
          {t('act.go_to')}
        </Button>
        <Button variant={state.isAtEdge ? 'light' : 'default'} onClick={() => acts('last')}>
          {t('act.now')}
        </Button>
      </div>
      <div className={classes['group']}>
        <NativeSelect
          aria-label={t('speed.label')}
          value={String(state.rate)}
          onChange={(event) => desk.setRate(Number(event.currentTarget.value))}
          data={[
            { group: t('speed.forward'), items: SPEEDS.map((speed) => ({ value: String(speed), label: speed > 4 ? t('speed.keys', { speed: number(speed) }) : number(speed) })) },
            { group: t('speed.back'), items: BACK_SPEEDS.map((speed) => ({ value: String(speed), label: t('speed.back_keys', { speed: number(speed) }) })) },
          ]}
        />
        <NativeSelect
          aria-label={t('zoom.label')}
          value={String(levelOf(control.shown.spanUs))}
          onChange={(event) => control.showSpan(ZOOM_LEVELS_US[Number(event.currentTarget.value)] ?? control.shown.spanUs)}
          data={ZOOM_LEVELS_US.map((_, level) => ({ value: String(level), label: t(`zoom.${level}`) }))}
        />
        {key('full_screen', <FullScreenSign />, 'F')}
      </div>
    </div>
  );
}
