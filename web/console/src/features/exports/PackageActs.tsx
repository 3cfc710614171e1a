/** What the officer may do with a package: take it, see its passphrase, have it tried again, have another in its place, give it up. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExportRow, exportAddress, useReplaceExport, useRetryExport } from '@/api/exports';
import { useProblemWords } from '@/ui/problem-words';
import { PaperFrame } from '@/ui/PaperFrame';
import { GiveUpForm } from './GiveUpForm';
import { Passphrase } from './Passphrase';

/** `isPrepared`: every package of the request is there; before that none is taken. `isSigned`: its minutes are, so none is replaced. `isOnly`: it has no other. `onRetried`: its button goes next. */
type Props = { request_id: string; one: ExportRow; isPrepared: boolean; isSigned: boolean; isOnly: boolean; onRetried: () => void };

export function PackageActs({ request_id, one, isPrepared, isSigned, isOnly, onRetried }: Props) {
  const { t } = useTranslation('exports');
  const words = useProblemWords();
  const retry = useRetryExport();
  const [open, setOpen] = useState<'passphrase' | 'replacement' | 'give_up' | null>(null);
  const named = { request_id, number: one.number };
  const isStuck = one.state === 'failed' || one.state === 'waiting';
  const close = () => setOpen(null);
  const label = (word: string) => t('named', { number: one.number, word: t(`do.${word}`) });
  return (
    <>
      <Group gap="xs" mt="sm">
        {one.state === 'failed' && <Button size="xs" loading={retry.isPending} aria-label={label('retry')} onClick={() => retry.mutate(named, { onSuccess: onRetried })}>{t('do.retry')}</Button>}
        {one.state === 'ready' && isPrepared && (
          <>
            <Button size="xs" component="a" href={exportAddress(named)} download={`${one.name}.zip`} aria-label={label('take')}>{t('do.take')}</Button>
            <Button size="xs" variant="default" aria-expanded={open === 'passphrase'} aria-label={label('passphrase')} onClick={() => setOpen('passphrase')}>{t('do.passphrase')}</Button>
          </>
        )}
        {one.state === 'ready' && !isSigned && <Button size="xs" variant="default" aria-expanded={open === 'replacement'} aria-label={label('replacement')} onClick={() => setOpen('replacement')}>{t('do.replacement')}</Button>}
        {isStuck && <Button size="xs" variant="default" aria-expanded={open === 'give_up'} aria-label={label('give_up')} onClick={() => setOpen('give_up')}>{t('do.give_up')}</Button>}
      </Group>
      {one.state === 'ready' && <Text size="sm" c="dimmed" mt={4}>{t(isPrepared ? 'take_says' : 'take_later')}</Text>}
      {one.state === 'ready' && isSigned && <Text size="sm" c="dimmed">{t('signed_says')}</Text>}
      {retry.error && <Alert color="red" role="alert" mt="xs">{words(retry.error)}</Alert>}
      {open === 'passphrase' && <Passphrase {...named} onClose={close} />}
      {open === 'give_up' && isStuck && <GiveUpForm {...named} isOnly={isOnly} onClose={close} onGivenUp={onRetried} />}
      {open === 'replacement' && !isSigned && <Replacement {...named} onClose={close} />}
    </>
  );
}

type Named = { request_id: string; number: number; onClose: () => void };

function Replacement({ request_id, number, onClose }: Named) {
  const { t } = useTranslation('exports');
  const words = useProblemWords();
  const replace = useReplaceExport();
  return (
    <PaperFrame title={t('do.replacement')} send={t('do.replacement')} canSend={!replace.isPending} isPending={replace.isPending} rest={replace.error ? words(replace.error) : null}
      onSend={() => replace.mutate({ request_id, number }, { onSuccess: onClose })} onDone={onClose}>
      <Alert color="yellow">{t('replacement_says')}</Alert>
    </PaperFrame>
  );
}
