/** What begins with a grant's activation, read before it begins: Enter activates, Escape leaves. */
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type GrantDetail, useActivate, useChoices, useGrants } from '@/api/authority';
import { useProblemWords } from '@/ui/problem-words';
import { useFocusBack } from '@/state/useFocusBack';
import { dayOf, lastDayOf } from '@/time/format';
import { useSecond_us } from '@/time/useServerTime';
import { Facts } from '@/ui/Facts';
import { modesOf } from './GrantsPage';
import { paperDay } from '@/time/paper-day';

export function ActivateDialog({ grant, onClose }: { grant: GrantDetail; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation('authority');
  const { t: common } = useTranslation();
  const words = useProblemWords();
  const activate = useActivate();
  const former = useGrants().data?.find((one) => one.id === grant.replaces_id && (one.state === 'active' || one.state === 'suspended'));
  const send = (event: FormEvent) => {
    event.preventDefault();
    activate.mutate(grant.id, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={t('activate.title', { number: grant.number })} closeButtonProps={{ 'aria-label': common('action.close') }}>
      <form onSubmit={send}>
        <Stack gap="sm">
          <Text size="sm">{t('activate.says')}</Text>
          <Begins grant={grant} />
          {former && <Alert color="yellow">{t('activate.ends', { number: former.number })}</Alert>}
          {grant.is_wider_use && <Alert color="yellow">{t('activate.wider', { no: grant.olur_no })}</Alert>}
          {activate.error && <Alert color="red" role="alert">{words(activate.error)}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
            <Button type="submit" data-autofocus loading={activate.isPending}>{t('do.activate')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Begins({ grant }: { grant: GrantDetail }) {
  const { t, i18n } = useTranslation('authority');
  const now_us = useSecond_us();
  const choices = useChoices();
  const names = (choices.data?.cameras ?? []).filter((camera) => grant.camera_ids.includes(camera.id)).map((camera) => `${camera.number} · ${camera.name}`);
  const until = grant.would_end_us === null ? '—' : t('until_day', { day: lastDayOf(grant.would_end_us, i18n.language) });
  return (
    <Facts
      rows={[
        [t('field.person'), <span key="person" lang="tr">{grant.person_name} · {grant.unit_name} · {grant.account_name}</span>],
        [t('column.sees'), t(modesOf(grant))],
        [t('scope.cameras'), <span key="cameras" lang="tr">{names.join(', ') || t('camera_count', { count: grant.camera_ids.length })}</span>],
        [t('column.period'), `${dayOf(now_us, i18n.language)} – ${until}`],
        [t('field.purpose'), <span key="purpose" lang="tr">{grant.purpose}</span>],
        [t('field.olur_no'), `${grant.olur_no} · ${paperDay(grant.olur_on, i18n.language)} · ${t(`issuer.${grant.olur_issuer}`)}`],
        [t('field.agreement'), paperDay(grant.agreement_on, i18n.language)],
        [t('field.training'), grant.training || '—'],
        [t('field.entered'), grant.entered_by],
      ]}
    />
  );
}
