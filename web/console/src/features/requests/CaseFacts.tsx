/** What a request says: its letter, its file, what it stands on. */
import { Group, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '@/api/footage';
import { Facts } from '@/ui/Facts';
import { paperDay } from '@/time/paper-day';
import { moment } from '@/time/timeWords';
import { dayAndTime, zoneStore } from '@/time/format';
import { mayDo } from './allowed';
import { CorrectForm } from './CorrectForm';
import { HoldLinks } from './HoldLinks';
import { lawWords } from './law';
import { TaskButton } from './TaskButton';

export function CaseFacts({ request }: { request: RequestDetail }) {
  const { t, i18n } = useTranslation('requests');
  const { letter } = request;
  const [isOpen, setOpen] = useState(false);
  const language = i18n.language;
  const time = (at_us: number) => moment(at_us, language, zoneStore.get());
  const isInternal = request.origin === 'internal';
  const rows: [string, ReactNode][] = [
    [t('field.whose'), isInternal ? t('whose.internal') : t(`kind.${request.authority_kind}`)],
    [t(isInternal ? 'field.unit' : 'field.sender'), <span key="sender" lang="tr">{request.sender_name}</span>],
    ...(isInternal ? [[t('field.olur_no'), `${request.olur_no} · ${paperDay(request.olur_on, language)} · ${t(`issuer.${request.olur_issuer}`)}`] as [string, ReactNode]] : []),
    ...(request.legal_basis ? [[t('field.legal_basis'), <span key="basis" lang="tr">{request.legal_basis}</span>] as [string, ReactNode]] : []),
    [t('field.letter_no'), `${letter.no} · ${paperDay(letter.on, language)}`],
    [t('field.served'), `${time(letter.served_us)} · ${t(`channel.${letter.channel}`)}`],
    [t('field.ebys_no'), letter.ebys_no || t('ebys_pending')],
    [t('field.file_no'), request.file_no || '—'],
    [t('field.subject'), <span key="subject" lang="tr">{request.subject}</span>],
    [t('field.place'), <span key="place" lang="tr">{request.event_place || '—'}</span>],
    [t('window'), `${time(request.window.start_us)} – ${time(request.window.end_us)}`],
    [t('field.registered'), `${dayAndTime(request.registered_us, language)} · ${request.registered_by}`],
    ...(request.decision && request.state !== 'refused' ? [[t('field.decision'), <span key="decision" lang="tr">{request.decision}</span>] as [string, ReactNode]] : []),
    ...(request.laws.length > 0 ? [[t('field.laws'), request.laws.map((one) => <div key={one.no}>{lawWords(one, language)}</div>)] as [string, ReactNode]] : []),
    ...(request.answer_no ? [[t('field.answer'), `${request.answer_no} · ${paperDay(request.answer_on, language)}`] as [string, ReactNode]] : []),
  ];
  return (
    <section>
      <Group justify="space-between">
        <Title order={2}>{t('facts')}</Title>
        {mayDo(request, 'correct') && <TaskButton name="correct" isOpen={isOpen} onOpen={() => setOpen(true)} />}
      </Group>
      {isOpen && <CorrectForm request={request} onDone={() => setOpen(false)} />}
      <Facts rows={rows} />
      <HoldLinks holds={request.holds} />
    </section>
  );
}
