/** The way in: a password, then a code where one is asked for; or the institution's own page. */
import { Button, Divider } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { API } from '@/api/client';
import { useWays } from '@/api/ways';
import type { CodeAsked, Me } from '@/api/types';
import { CodeForm } from '@/app/dialogs';
import { SignInForm } from './SignInForm';

type Props = {
  name?: string;
  problem?: unknown;
  /** Where the institution's page sends the browser back to. */
  place: string;
  onDone: (me: Me) => void;
};

export function SignIn({ name, problem, place, onDone }: Props) {
  const [asked, setAsked] = useState<CodeAsked | null>(null);
  const [told, setTold] = useState(problem);
  const back = (why: unknown) => {
    setAsked(null);
    setTold(why);
  };
  if (asked) return <CodeForm until_us={asked.until_us} onBack={back} onDone={onDone} />;
  return (
    <>
      <SignInForm name={name} problem={told} onAsked={setAsked} onDone={onDone} />
      <Provider place={place} />
    </>
  );
}

/** A real load: the server sends the browser on to the institution's page, which sends it back. */
function Provider({ place }: { place: string }) {
  const { t } = useTranslation();
  const label = useWays().data?.provider;
  if (!label) return null;
  return (
    <>
      <Divider my="md" label={t('sign_in.or')} />
      <Button component="a" href={`${API}/session/oidc?${new URLSearchParams({ to: place }).toString()}`} variant="default" size="md" fullWidth>
        {label}
      </Button>
    </>
  );
}
