/** Who attends a training: added one by one, taken out again. */
import { Button, Fieldset, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Trainee } from '@/api/training-sessions';
import admin from '@/ui/pages.module.css';
import { withAttendee } from './session-draft';
import { traineeWords, TraineePicker } from './TraineePicker';

type Props = { attendees: Trainee[]; error: string | null; onChange: (attendees: Trainee[]) => void };

export function Attendees({ attendees, error, onChange }: Props) {
  const { t } = useTranslation('training');
  return (
    <Fieldset legend={t('room.attendees')}>
      <Stack gap="xs">
        <TraineePicker label={t('room.add_attendee')} description={t('room.attendee_hint')} value={null} error={error} without={attendees.map((one) => one.id)}
          onChoose={(one) => one && onChange(withAttendee(attendees, one))} />
        <Text size="sm" c="dimmed" role="status">{attendees.length === 0 ? t('room.nobody') : t('room.attended', { count: attendees.length })}</Text>
        {attendees.length > 0 && (
          <ul className={admin['held']} aria-label={t('room.attendees')}>
            {attendees.map((one) => (
              <li key={one.id}>
                <span lang="tr">{traineeWords(one)}</span>
                <Button size="xs" variant="default" onClick={() => onChange(attendees.filter(({ id }) => id !== one.id))}>{t('room.remove', { name: one.full_name })}</Button>
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </Fieldset>
  );
}
