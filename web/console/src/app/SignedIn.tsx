/** What every page behind the sign-in shares: events, the dialog when the session ends, the first password. */
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { listen } from '@/api/events';
import { useMe } from '@/api/session';
import { sessionEnd } from '@/api/session-gate';
import { useStore } from '@/state/store';
import { guardPictures } from './capture-guard';
import { PasswordDialog, SignInDialog } from './dialogs';
import { fetchWhenQuiet } from './on-demand';

export function SignedIn() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { i18n } = useTranslation();
  const me = useMe();
  const ended = useStore(sessionEnd);
  const isReady = me != null && !me.must_change_password;

  useEffect(() => (isReady ? listen(client) : undefined), [client, isReady]);
  useEffect(fetchWhenQuiet, []);
  useEffect(guardPictures, []);
  useEffect(() => {
    if (me && i18n.language !== me.language) void i18n.changeLanguage(me.language);
  }, [me, i18n]);
  useEffect(() => {
    if (me === null && ended === null) void navigate({ to: '/sign-in' });
  }, [me, ended, navigate]);

  if (!me) return null;
  if (me.must_change_password) return <PasswordDialog isForced onClose={() => undefined} />;
  return (
    <>
      <Outlet />
      {ended !== null && <SignInDialog me={me} code={ended} />}
    </>
  );
}
