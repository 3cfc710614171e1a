/** What a session must do before it opens anything else: over the page when one is there, else in its place. */
import { Anchor, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAdopt, useSetLanguage, useSignOut } from '@/api/session';
import type { Step } from '@/api/types';
import { EnrolFactor } from './EnrolFactor';
import { PolicyStep } from './PolicyStep';
import { SignInFrame } from './SignInFrame';
import classes from './sign-in.module.css';

type Props = { step: Exclude<Step, 'password'>; isOverPage: boolean };

export function NextStep({ step, isOverPage }: Props) {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const adopt = useAdopt();
  const setLanguage = useSetLanguage();
  const signOut = useSignOut();
  const title = t(step === 'policy' ? 'policy.title' : 'factor.title');
  const page = (
    <SignInFrame title={title} isWide onLanguage={(language) => setLanguage.mutate(language)}>
      <h2 className={classes['title']}>{title}</h2>
      {step === 'policy' ? <PolicyStep /> : <EnrolFactor text={t('factor.must')} isInUse={false} onDone={(me, sent_ms) => void adopt(me, sent_ms)} />}
      <p className={classes['policy']}>
        <Anchor component="button" type="button" size="sm" onClick={() => signOut.mutate()}>{common('menu.sign_out')}</Anchor>
      </p>
    </SignInFrame>
  );
  if (!isOverPage) return page;
  return (
    <Modal.Root opened fullScreen onClose={() => undefined} closeOnEscape={false} zIndex={500} transitionProps={{ duration: 0 }}>
      <Modal.Content aria-label={title}>
        <Modal.Body p={0}>{page}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
