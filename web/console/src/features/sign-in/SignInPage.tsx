/** `/sign-in`. */
import { getRouteApi, Navigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { useSetLanguage } from '@/api/session';
import { useWays } from '@/api/ways';
import type { Language, Me } from '@/api/types';
import classes from './sign-in.module.css';
import { SignIn } from './SignIn';
import { SignInFrame } from './SignInFrame';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { t, i18n } = useTranslation();
  const { next, problem } = route.useSearch();
  const router = useRouter();
  const needsSetUp = useWays().data?.needs_set_up;
  const [chosen, setChosen] = useState<Language | null>(null);
  const setLanguage = useSetLanguage();
  const done = async (me: Me) => {
    // What was chosen here is theirs from now on.
    if (chosen !== null && chosen !== me.language) await setLanguage.mutateAsync(chosen).catch(() => undefined);
    else await i18n.changeLanguage(me.language);
    router.history.push(next ?? '/');
  };
  if (needsSetUp) return <Navigate to="/set-up" replace />;
  return (
    <SignInFrame title={t('sign_in.title')} onLanguage={setChosen}>
      <SignIn place={next ?? '/'} problem={problem ? new Problem(0, problem, '') : null} onDone={(me) => void done(me)} />
      <p className={classes['policy']}>{t('sign_in.policy')}</p>
    </SignInFrame>
  );
}
