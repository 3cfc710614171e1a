/** One's own second factor: set up, replaced, its recovery codes made anew. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRenewCodes } from '@/api/sign-in';
import type { Factor } from '@/api/types';
import { useProblemWords } from '@/ui/problem-words';
import { CodeField } from '@/features/sign-in/CodeField';
import { EnrolFactor } from '@/features/sign-in/EnrolFactor';
import { RecoveryCodes } from '@/features/sign-in/RecoveryCodes';
import { dayOf } from '@/time/format';
import classes from './account.module.css';

const FEW = 3;

export function SecondFactor({ factor }: { factor: Factor }) {
  const { t, i18n } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const [doing, setDoing] = useState<'enrol' | 'codes' | null>(null);
  const [isNew, setNew] = useState(false);
  const end = () => setDoing(null);
  const done = () => {
    setNew(true);
    end();
  };
  // Kept from the moment the form was opened: with its first code the new one is in use, and the form not over.
  const [wasInUse, setWasInUse] = useState(false);
  const open = (what: 'enrol' | 'codes') => {
    setNew(false);
    setWasInUse(factor.is_in_use);
    setDoing(what);
  };
  if (doing === 'enrol') return <div className={classes['form']}><EnrolFactor text={t(wasInUse ? 'factor.replace' : 'factor.optional')} isInUse={wasInUse} onDone={done} onCancel={end} /></div>;
  if (doing === 'codes') return <div className={classes['form']}><Renew onDone={done} cancel={<Button variant="default" onClick={end}>{common('action.cancel')}</Button>} /></div>;
  return (
    <Stack gap="xs" mt="xs" align="flex-start">
      {isNew && <Alert color="accent" role="status" p="sm">{t('factor.done')}</Alert>}
      <Text size="sm">{factor.confirmed_us !== null && factor.is_in_use ? t('factor.since', { day: dayOf(factor.confirmed_us, i18n.language) }) : t('factor.optional')}</Text>
      {factor.is_in_use && <Text size="sm">{t('factor.codes_left', { count: factor.recovery_codes_left })}</Text>}
      {factor.is_in_use && factor.recovery_codes_left < FEW && <Alert color="yellow" p="sm">{t('factor.codes_few')}</Alert>}
      <Group>
        <Button variant="default" onClick={() => open('enrol')}>{t(factor.is_in_use ? 'factor.other' : 'factor.set_up')}</Button>
        {factor.is_in_use && <Button variant="default" onClick={() => open('codes')}>{t('factor.renew')}</Button>}
      </Group>
    </Stack>
  );
}

function Renew({ onDone, cancel }: { onDone: () => void; cancel: ReactNode }) {
  const { t } = useTranslation('sign-in');
  const words = useProblemWords();
  const renew = useRenewCodes();
  const [code, setCode] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    renew.mutate(code, { onError: () => setCode('') });
  }
  if (renew.data) return <RecoveryCodes codes={renew.data.codes} onDone={onDone} />;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t('factor.renew_text')}</Text>
        <CodeField label={t('factor.present_code')} description={t('factor.present_hint')} value={code} onChange={setCode} />
        {renew.error && <Alert color="red" role="alert" p="sm">{words(renew.error)}</Alert>}
        <Group justify="flex-end">
          {cancel}
          <Button type="submit" loading={renew.isPending}>{t('factor.renew')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
