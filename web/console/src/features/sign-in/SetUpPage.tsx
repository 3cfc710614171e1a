/** `/set-up`: the first administrator of a new node, for who reads the server's terminal. */
import { Alert, Anchor, Button, Loader, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { sessionQuery } from '@/api/session';
import { useSetUp } from '@/api/sign-in';
import { useWays } from '@/api/ways';
import { PageFailure } from '@/ui/PageState';
import { useProblemWords } from '@/ui/problem-words';
import { languageNow } from '@/i18n';
import { SignInFrame } from './SignInFrame';
import classes from './sign-in.module.css';

/** Which field a refusal is about. */
const FIELD: Readonly<Record<string, keyof Draft>> = {
  set_up_code_wrong: 'code',
  display_name_invalid: 'display_name',
  account_name_invalid: 'name',
  password_weak: 'password',
};
const EMPTY = { code: '', display_name: '', name: '', password: '', again: '' };
type Draft = typeof EMPTY;

export function SetUpPage() {
  const { t } = useTranslation('sign-in');
  const ways = useWays();
  const isSignedIn = useQueryClient().getQueryData(sessionQuery.queryKey) != null; // whoever has just been set up is
  return (
    <SignInFrame title={t('set_up.title')} isWide>
      {ways.isPending && <Loader size="sm" color="gray" role="status" />}
      {ways.error && <PageFailure error={ways.error} onRetry={() => void ways.refetch()} />}
      {ways.data && (ways.data.needs_set_up ? <SetUpForm /> : <Navigate to={isSignedIn ? '/' : '/sign-in'} replace />)}
    </SignInFrame>
  );
}

function SetUpForm() {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const words = useProblemWords();
  const navigate = useNavigate();
  const setUp = useSetUp();
  const [draft, setDraft] = useState(EMPTY);
  const doDiffer = draft.again !== '' && draft.again !== draft.password;
  const place = setUp.error && isProblem(setUp.error) ? FIELD[setUp.error.code] : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    const { again, ...body } = draft;
    if (again === body.password) setUp.mutate({ ...body, language: languageNow() }, { onSuccess: () => void navigate({ to: '/' }) });
  }
  const field = (name: keyof Draft) => ({
    name,
    required: true,
    withAsterisk: false,
    size: 'md' as const,
    value: draft[name],
    error: place === name ? words(setUp.error) : undefined,
    onChange: (event: { currentTarget: { value: string } }) => setDraft({ ...draft, [name]: event.currentTarget.value }),
  });
  const toggle = { 'aria-label': common('sign_in.show') };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <h2 className={classes['title']}>{t('set_up.title')}</h2>
        <Text size="sm">{t('set_up.text')}</Text>
        <TextInput {...field('code')} label={t('set_up.code')} description={t('set_up.code_hint')} autoComplete="off" spellCheck={false} autoFocus maxLength={64} classNames={{ input: classes['code'] ?? '' }} />
        <TextInput {...field('display_name')} label={t('set_up.display_name')} autoComplete="name" maxLength={120} />
        <TextInput {...field('name')} label={common('sign_in.name')} description={t('set_up.name_hint')} autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} />
        <PasswordInput {...field('password')} label={common('sign_in.password')} description={common('password.rule')} autoComplete="new-password" minLength={12} visibilityToggleButtonProps={toggle} />
        <PasswordInput {...field('again')} label={t('set_up.again')} autoComplete="new-password" visibilityToggleButtonProps={toggle} error={doDiffer && common('password.differ')} />
        {setUp.error && !place && (
          <Alert color="red" role="alert" p="sm">
            {words(setUp.error)}
            {isProblem(setUp.error, 'set_up_over') && <Anchor component={Link} to="/sign-in" size="sm" display="block">{common('sign_in.title')}</Anchor>}
          </Alert>
        )}
        <Button type="submit" size="md" loading={setUp.isPending} disabled={doDiffer}>{t('set_up.submit')}</Button>
      </Stack>
    </form>
  );
}
