/** A running tour's controls, always in reach. */
import { ActionIcon, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconClose, IconNext, IconPause, IconPlay, IconPrevious } from '@/theme/icons';
import type { Touring } from '../wall/useTour';
import classes from './toolbar.module.css';

export function TourBar({ touring }: { touring: Touring }) {
  const { t } = useTranslation('live');
  const button = (label: string, onClick: () => void, icon: React.ReactNode) => (
    <ActionIcon variant="subtle" color="gray" size={28} aria-label={label} title={label} onClick={onClick}>
      {icon}
    </ActionIcon>
  );
  return (
    // Its own buttons are no sign that a person wants the tour to pause.
    <div className={classes['tour']} role="group" aria-label={t('tour.label')} onPointerDown={(event) => event.stopPropagation()}>
      {button(t('tour.previous'), () => touring.step(-1), <IconPrevious size={17} />)}
      {button(t(touring.isPaused ? 'tour.go_on' : 'tour.pause'), touring.toggle, touring.isPaused ? <IconPlay size={17} /> : <IconPause size={17} />)}
      {button(t('tour.next'), () => touring.step(1), <IconNext size={17} />)}
      <Text size="sm" truncate maw={220}>
        {touring.tour.name} <span className="nz-number">{touring.at + 1}/{touring.count}</span>
        {touring.isPaused && ` · ${t('tour.paused')}`}
      </Text>
      {button(t('tour.stop'), touring.stop, <IconClose size={17} />)}
    </div>
  );
}
