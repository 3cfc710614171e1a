import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longDay } from '@/time/format';
import { serverClock } from '@/time/server-clock';
import { type Asked, askedTime } from './askedTime';
import { clock } from '@/time/timeWords';
import { RepeatedHour, SkippedHour } from '@/time/WhichMoment';

interface Props {
  isOpen: boolean;
  atUs: number;
  zone: string;
  onClose: () => void;
  onGo: (us: number) => void;
}

/** One field for a moment. The repeated hour is asked for, the skipped one refused with the nearest valid time. */
export function GoToTime({ isOpen, onClose, ...rest }: Props) {
  const { t } = useTranslation('playback');
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('go.title')} closeButtonProps={{ 'aria-label': t('go.close') }}>
      {isOpen && <GoToTimeForm onClose={onClose} {...rest} />}
    </Modal>
  );
}

function GoToTimeForm({ atUs, zone, onClose, onGo }: Omit<Props, 'isOpen'>) {
  const { t } = useTranslation('playback');
  const [text, setText] = useState('');
  const [isSecond, setIsSecond] = useState<boolean | null>(null);
  const [fromUs] = useState(atUs);
  const [nowUs] = useState(() => serverClock.now_us());
  const asked: Asked | null = text.trim() === '' ? null : askedTime(text, fromUs, nowUs, zone);
  const us = momentOf(asked, isSecond);

  const go = (event: FormEvent) => {
    event.preventDefault();
    if (us === null) return;
    onGo(us);
    onClose();
  };

  return (
    <form onSubmit={go}>
      <Stack>
        <TextInput
          data-autofocus
          label={t('go.label')}
          description={t('go.examples')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setIsSecond(null);
          }}
          error={asked?.kind === 'unreadable' ? t('go.unreadable') : null}
          autoComplete="off"
          spellCheck={false}
        />
        <Answer asked={asked} isSecond={isSecond} onSecond={setIsSecond} zone={zone} onNearest={(nearest) => { onGo(nearest); onClose(); }} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('go.cancel')}
          </Button>
          <Button type="submit" disabled={us === null}>
            {t('go.go')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function momentOf(asked: Asked | null, isSecond: boolean | null): number | null {
  if (asked?.kind === 'one') return asked.us;
  if (asked?.kind === 'two' && isSecond !== null) return isSecond ? asked.secondUs : asked.firstUs;
  return null;
}

interface AnswerProps {
  asked: Asked | null;
  isSecond: boolean | null;
  onSecond: (isSecond: boolean) => void;
  zone: string;
  onNearest: (us: number) => void;
}

/** What the typed text means, said before anything happens. */
function Answer({ asked, isSecond, onSecond, zone, onNearest }: AnswerProps) {
  const { t, i18n } = useTranslation('playback');
  const write = (us: number) => `${longDay(us, i18n.language)} ${clock(us, i18n.language, zone)}`;
  if (!asked || asked.kind === 'unreadable') return null;
  if (asked.kind === 'one') return <Text role="status">{write(asked.us)}</Text>;
  if (asked.kind === 'future')
    return (
      <Text role="alert" c="var(--nz-warning)">
        {t('go.future')}
      </Text>
    );
  if (asked.kind === 'none') return <SkippedHour nearestUs={asked.nearestUs} zone={zone} onNearest={onNearest} />;
  return <RepeatedHour firstUs={asked.firstUs} secondUs={asked.secondUs} isSecond={isSecond} zone={zone} onSecond={onSecond} />;
}
