/** What was kept and does not count yet, with the way to let it count. */
import { Alert, Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Section, useRestart } from '@/api/settings';
import { useProblemWords } from '@/ui/problem-words';
import { waitingOf } from './order';

type Props = { sections: readonly Section[]; isRestarting: boolean; onRestart: () => void };

export function RestartNote({ sections, isRestarting, onRestart }: Props) {
  const { t } = useTranslation('settings');
  const [isAsked, setAsked] = useState(false);
  const count = waitingOf(sections).length;
  if (isRestarting) return <Alert role="status" mb="md">{t('restart.going')}</Alert>;
  if (count === 0) return null;
  const isOfRecorder = sections.some((one) => one.processes.includes('recorder') && one.settings.some((row) => row.is_waiting));
  return (
    <Alert color="yellow" mb="md" title={t('restart.title', { count })}>
      <Text size="sm">{t('restart.text')}</Text>
      {isOfRecorder && <Text size="sm" mt={4}>{t('restart.recorder')}</Text>}
      <Button mt="sm" size="xs" onClick={() => setAsked(true)}>{t('restart.now')}</Button>
      {isAsked && <Asked onClose={() => setAsked(false)} onDone={onRestart} />}
    </Alert>
  );
}

function Asked({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const words = useProblemWords();
  const restart = useRestart();
  const go = () => restart.mutate(undefined, { onSuccess: () => { onDone(); onClose(); } }); // prettier-ignore
  return (
    <Modal opened onClose={onClose} title={t('restart.ask')} closeButtonProps={{ 'aria-label': common('action.close') }}>
      <Text size="sm">{t('restart.ask_text')}</Text>
      {restart.error && <Alert color="red" role="alert" mt="sm">{words(restart.error)}</Alert>}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
        <Button data-autofocus loading={restart.isPending} onClick={go}>{t('restart.now')}</Button>
      </Group>
    </Modal>
  );
}
