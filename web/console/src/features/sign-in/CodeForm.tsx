/** The second step of signing in: a code of the authenticator, or one from paper. */
import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { useGiveCode } from '@/api/sign-in';
import type { Me } from '@/api/types';
import { useProblemWords } from '@/ui/problem-words';
import { clockTime } from '@/time/format';
import { CodeField } from './CodeField';
import classes from './sign-in.module.css';

type Props = { until_us: number; onBack: (why: unknown) => void; onDone: (me: Me) => void };

export function CodeForm({ until_us, onBack, onDone }: Props) {
  const { t, i18n } = useTranslation('sign-in');
  const words = useProblemWords();
  const give = useGiveCode();
  const [code, setCode] = useState('');
  const [isLost, setLost] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const failed = (error: unknown) => {
      setCode('');
      if (isProblem(error, 'sign_in_expired')) onBack(error);
    };
    give.mutate(code, { onSuccess: onDone, onError: failed });
  }

  const toggle = () => {
    setLost(!isLost);
    setCode('');
    give.reset();
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <h2 className={classes['title']}>{t('code.title')}</h2>
        {isLost && <Text size="sm">{t('code.lost_text')}</Text>}
        <CodeField key={isLost ? 'paper' : 'app'} label={t(isLost ? 'code.paper' : 'code.app')} description={t(isLost ? 'code.paper_hint' : 'code.app_hint')} isPaper={isLost} value={code} onChange={setCode} />
        {give.error && (
          <Alert color="red" role="alert" p="sm">
            {words(give.error)}
            {isProblem(give.error, 'code_wrong') && !isLost && <Text size="sm" mt={4}>{t('code.clock')}</Text>}
          </Alert>
        )}
        <Button type="submit" size="md" loading={give.isPending}>{t('code.submit')}</Button>
        <Anchor component="button" type="button" size="sm" className={classes['other']} onClick={toggle}>
          {t(isLost ? 'code.have' : 'code.lost')}
        </Anchor>
        <Anchor component="button" type="button" size="sm" className={classes['other']} onClick={() => onBack(null)}>{t('code.back')}</Anchor>
        <Text size="xs" c="dimmed">{t('code.until', { time: clockTime(until_us, i18n.language) })}</Text>
      </Stack>
    </form>
  );
}
