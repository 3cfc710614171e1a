/** What every page behind the sign-in shares: its steps, events, the dialog when the session ends. */
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listen } from '@/api/events';
import { useMe } from '@/api/session';
import { sessionEnd } from '@/api/session-gate';
import { useStore } from '@/state/store';
import { guardPictures } from './capture-guard';
import { NextStep, PasswordDialog, SignInDialog } from './dialogs';
import { fetchWhenQuiet } from './on-demand';

export function SignedIn() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const { i18n } = useTranslation();
  const me = useMe();
  const ended = useStore(sessionEnd);
  const isReady = me?.next_step === null;
  // A step that a session taken up again has before it stands over the page: what was typed there stays.
  const [hasPage, setPage] = useState(isReady);
  if (isReady && !hasPage) setPage(true);

  useEffect(() => (isReady ? listen(client) : undefined), [client, isReady]);
  useEffect(() => {
    if (isReady && router.state.location.pathname === '/') void router.invalidate(); // where one begins is known now
  }, [router, isReady]);
  useEffect(fetchWhenQuiet, []);
  useEffect(guardPictures, []);
  useEffect(() => {
    if (me && i18n.language !== me.language) void i18n.changeLanguage(me.language);
  }, [me, i18n]);
  useEffect(() => {
    if (me === null && ended === null) void navigate({ to: '/sign-in' });
  }, [me, ended, navigate]);

  if (!me) return null;
  const step = me.next_step;
  return (
    <>
      {hasPage && <Outlet />}
      {step === 'password' && <PasswordDialog isForced onClose={() => undefined} />}
      {step !== null && step !== 'password' && <NextStep step={step} isOverPage={hasPage} />}
      {ended !== null && <SignInDialog me={me} code={ended} />}
    </>
  );
}
