/** Another text of the agreement: it is signed from now on; whether those who signed before must sign again. */
import { Alert, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Agreement, useIntroduceText } from '@/api/agreements';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';
import { signers } from './consequences';
import { WhatRests } from './WhatRests';

export function TextForm({ agreements, onDone }: { agreements: Agreement[]; onDone: () => void }) {
  const { t } = useTranslation('agreements');
  const introduce = useIntroduceText();
  const { at, rest } = useFieldProblems(introduce.error, { version_invalid: 'version', version_taken: 'version' });
  const [version, setVersion] = useState('');
  const [mustResign, setMustResign] = useState(false);
  return (
    <PaperFrame title={t('text.new')} article={t('text.article')} send={t('text.introduce')} canSend={version.trim() !== ''} isPending={introduce.isPending} rest={rest}
      onSend={() => introduce.mutate({ version, must_resign: mustResign }, { onSuccess: onDone })} onDone={onDone}>
      <TextInput autoFocus required label={t('text.version')} description={t('text.version_hint')} maxLength={40} value={version} error={at('version')} onChange={(event) => setVersion(event.currentTarget.value)} />
      <Switch label={t('text.must_resign')} description={t('text.must_resign_hint')} checked={mustResign} onChange={(event) => setMustResign(event.currentTarget.checked)} />
      <Alert color={mustResign ? 'yellow' : 'gray'}>{mustResign ? <WhatRests persons={signers(agreements)} /> : t('text.stays')}</Alert>
    </PaperFrame>
  );
}
