/** Setting up a second factor: the QR code, its first code, the recovery codes. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { API } from '@/api/client';
import { useBeginFactor, useConfirmFactor } from '@/api/sign-in';
import type { Me } from '@/api/types';
import { useProblemWords } from '@/ui/problem-words';
import { CodeField } from './CodeField';
import { grouped } from './grouped';
import { RecoveryCodes } from './RecoveryCodes';
import classes from './sign-in.module.css';

type Props = {
  text: string;
  /** A code of the present one is asked for first: nobody replaces it who only found an open console. */
  isInUse: boolean;
  onDone: (me: Me, sent_ms: number) => void;
  onCancel?: () => void;
};

export function EnrolFactor({ text, isInUse, onDone, onCancel }: Props) {
  const [begun, setBegun] = useState<{ secret: string; count: number } | null>(null);
  const [codes, setCodes] = useState<{ codes: string[]; me: Me; sent_ms: number } | null>(null);
  const cancel = onCancel && <Cancel onClick={onCancel} />;
  if (codes) return <RecoveryCodes codes={codes.codes} onDone={() => onDone(codes.me, codes.sent_ms)} />;
  if (begun) {
    return (
      <Show key={begun.count} {...begun} onCodes={(codes, me, sent_ms) => setCodes({ codes, me, sent_ms })}>
        {cancel}
      </Show>
    );
  }
  return (
    <Begin text={text} isInUse={isInUse} onBegun={(secret) => setBegun({ secret, count: performance.now() })}>
      {cancel}
    </Begin>
  );
}

function Cancel({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return <Button variant="default" onClick={onClick}>{t('action.cancel')}</Button>;
}

type BeginProps = { text: string; isInUse: boolean; onBegun: (secret: string) => void; children: ReactNode };

function Begin({ text, isInUse, onBegun, children }: BeginProps) {
  const { t } = useTranslation('sign-in');
  const words = useProblemWords();
  const begin = useBeginFactor();
  const [code, setCode] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    begin.mutate(code, { onSuccess: ({ secret }) => onBegun(secret), onError: () => setCode('') });
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{text}</Text>
        <ol className={classes['steps']}>
          <li>{t('factor.step_app')}</li>
          <li>{t('factor.step_scan')}</li>
          <li>{t('factor.step_code')}</li>
        </ol>
        {isInUse && <CodeField label={t('factor.present_code')} description={t('factor.present_hint')} value={code} onChange={setCode} />}
        {begin.error && <Alert color="red" role="alert" p="sm">{words(begin.error)}</Alert>}
        <Group justify="flex-end">
          {children}
          <Button type="submit" autoFocus={!isInUse} loading={begin.isPending}>{t('factor.begin')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

type ShowProps = { secret: string; count: number; onCodes: (codes: string[], me: Me, sent_ms: number) => void; children: ReactNode };

function Show({ secret, count, onCodes, children }: ShowProps) {
  const { t } = useTranslation('sign-in');
  const words = useProblemWords();
  const confirm = useConfirmFactor();
  const [code, setCode] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    const sent_ms = performance.now();
    confirm.mutate(code, { onSuccess: (answer) => onCodes(answer.codes, answer.me, sent_ms), onError: () => setCode('') });
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {/* Drawn by our own server. The number keeps the browser from showing the picture of a secret before. */}
        <img className={classes['qr']} width={232} height={232} src={`${API}/session/second-factor/qr.svg?n=${Math.round(count)}`} alt={t('factor.qr')} />
        <div>
          <Text size="sm" id="factor-secret">{t('factor.by_hand')}</Text>
          <output className={classes['secret']} aria-labelledby="factor-secret">{grouped(secret)}</output>
        </div>
        <CodeField label={t('factor.first_code')} description={t('code.app_hint')} value={code} onChange={setCode} />
        {confirm.error && (
          <Alert color="red" role="alert" p="sm">
            {words(confirm.error)}
            <Text size="sm" mt={4}>{t('code.clock')}</Text>
          </Alert>
        )}
        <Group justify="flex-end">
          {children}
          <Button type="submit" loading={confirm.isPending}>{t('factor.confirm')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
