import { ActionIcon, Button, NativeSelect, Tooltip } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '@/state/store';
import { BackSign, EdgeBackSign, EdgeOnSign, FrameBackSign, FrameOnSign, FullScreenSign, MarkInSign, MarkOutSign, PauseSign, PlaySign } from './icons';
import classes from './Transport.module.css';
import type { Desk } from './desk';
import type { KeyAct } from './keys';
import { BACK_SPEEDS, SPEEDS } from './search';
import type { DeskActs } from './useDeskActs';
import type { ShownControl } from './useShown';
import { duration } from '@/time/timeWords';
import { ZOOM_LEVELS_US, levelOf } from './zoom';

interface Props {
  desk: Desk;
  acts: DeskActs;
  control: ShownControl;
  clock: ReactNode;
  /** Of the button that marks a start, for the focus when the marks are gone. */
  markIn: Ref<HTMLButtonElement>;
}

/** Play, pause, frames, gap edges, speed, zoom. */
export function Transport({ desk, acts, control, clock, markIn }: Props) {
  const { t, i18n } = useTranslation('playback');
  const { spanUs } = control.shown;
  const isLevel = ZOOM_LEVELS_US.some((levelUs) => levelUs === spanUs);
  const state = useStore(desk.state);
  const number = (speed: number) => t('speed.value', { speed: Math.abs(speed), formatParams: { speed: { maximumFractionDigits: 2 } } });
  const key = (act: KeyAct, sign: ReactNode, shown: string, isPressed?: boolean, ref?: Ref<HTMLButtonElement>) => (
    <Tooltip label={`${t(`act.${act}`)} (${shown})`}>
      <ActionIcon ref={ref ?? null} variant="default" size={36} aria-label={t(`act.${act}`)} aria-pressed={isPressed} onClick={() => acts(act)}>
        {sign}
      </ActionIcon>
    </Tooltip>
  );

  return (
    <div className={classes['transport']} role="toolbar" aria-label={t('transport.label')}>
      <div className={classes['group']}>
        {key('edge_back', <EdgeBackSign />, '<')}
        {key('frame_back', <FrameBackSign />, ',')}
        {key('back', <BackSign />, 'J', state.isPlaying && state.rate < 0)}
        <Tooltip label={`${state.isPlaying ? t('act.pause') : t('act.play')} (${t('key.space')})`}>
          <ActionIcon variant="filled" size={44} aria-label={state.isPlaying ? t('act.pause') : t('act.play')} onClick={() => desk.toggle()}>
            {state.isPlaying ? <PauseSign /> : <PlaySign />}
          </ActionIcon>
        </Tooltip>
        {key('frame_on', <FrameOnSign />, '.')}
        {key('edge_on', <EdgeOnSign />, '>')}
      </div>
      {clock}
      <div className={classes['group']}>
        <Button variant="default" onClick={() => acts('go_to')}>
          {t('act.go_to')}
        </Button>
        <Button variant={state.isAtEdge ? 'light' : 'default'} onClick={() => acts('last')}>
          {t('act.now')}
        </Button>
        {key('mark_in', <MarkInSign />, '[', undefined, markIn)}
        {key('mark_out', <MarkOutSign />, ']')}
      </div>
      <div className={classes['group']}>
        <NativeSelect
          className={classes['speed'] ?? ''}
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
          className={classes['span'] ?? ''}
          value={isLevel ? String(levelOf(spanUs)) : ''}
          onChange={(event) => control.showSpan(ZOOM_LEVELS_US[Number(event.currentTarget.value)] ?? spanUs)}
          data={[
            ...(isLevel ? [] : [{ value: '', label: duration(spanUs, i18n.language) }]),
            ...ZOOM_LEVELS_US.map((_, level) => ({ value: String(level), label: t(`zoom.${level}`) })),
          ]}
        />
        {key('full_screen', <FullScreenSign />, 'F')}
      </div>
    </div>
  );
}
