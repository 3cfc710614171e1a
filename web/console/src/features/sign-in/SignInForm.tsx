/** Name and password: password managers and pasting are welcome. */
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignIn } from '@/api/session';
import type { CodeAsked, Me } from '@/api/types';
import { useProblemWords } from '@/ui/problem-words';

type Props = {
  /** Fixed when a session is taken up again. */
  name?: string | undefined;
  /** Why the person is here again; until they try anew. */
  problem?: unknown;
  onAsked: (asked: CodeAsked) => void;
  onDone: (me: Me) => void;
};

export function SignInForm({ name: fixed, problem, onAsked, onDone }: Props) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const signIn = useSignIn();
  const [name, setName] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const told = signIn.error ?? (signIn.isIdle ? problem : null);

  function submit(event: FormEvent) {
    event.preventDefault();
    signIn.mutate(
      { name: name.trim(), password },
      { onSuccess: (answer) => ('step' in answer ? onAsked(answer) : onDone(answer)), onError: () => setPassword('') },
    );
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('sign_in.name')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          size="md"
          value={name}
          readOnly={fixed !== undefined}
          data-autofocus={fixed === undefined || undefined}
           
          autoFocus={fixed === undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('sign_in.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          size="md"
          value={password}
          data-autofocus={fixed !== undefined || undefined}
          visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show') }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {told != null && (
          <Alert color="red" role="alert" p="sm">
            {words(told)}
          </Alert>
        )}
        <Button type="submit" size="md" loading={signIn.isPending}>
          {t('sign_in.submit')}
        </Button>
      </Stack>
    </form>
  );
}
