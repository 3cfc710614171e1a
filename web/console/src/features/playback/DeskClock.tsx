import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '@/state/store';
import { longDay } from '@/time/format';
import classes from './Transport.module.css';
import type { Desk } from './desk';
import { clock, exactClock, spoken } from '@/time/timeWords';

/** The clock of the playback, to 1/100 s while it stands; a live region says where a jump went. */
export function DeskClock({ desk, zone }: { desk: Desk; zone: string }) {
  const { t, i18n } = useTranslation('playback');
  const { isPlaying, isGathering, isStill, isAtEdge } = useStore(desk.state);
  const day = useRef<HTMLSpanElement>(null);
  const time = useRef<HTMLTimeElement>(null);
  const said = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    let lastUs = 0;
    const show = () => {
      const us = desk.atUs;
      const write = desk.state.get().isPlaying ? clock : exactClock;
      if (day.current) day.current.textContent = longDay(us, i18n.language);
      if (time.current) time.current.textContent = write(us, i18n.language, zone);
      const isJump = !desk.state.get().isPlaying && Math.abs(us - lastUs) > 500_000;
      if (said.current && isJump) said.current.textContent = spoken(us, i18n.language, zone);
      lastUs = us;
    };
    show();
    return desk.pulse.subscribe(show);
  }, [desk, zone, i18n.language, isPlaying]);

  const mode = isGathering ? t('mode.gathering') : isStill ? t('mode.still') : isAtEdge ? t('mode.edge') : '';
  return (
    <div className={classes['clock']}>
      <span ref={day} className={classes['day']} />
      <time ref={time} className={classes['time']} />
      <span className={classes['mode']}>{mode}</span>
      <span ref={said} className="nz-hidden" aria-live="polite" />
    </div>
  );
}
