/** One letter beside the register: what it says, its file, whose work it is, what was asked for by it; correcting it, its EBYS number. */
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Letter } from '@/api/letters';
import { useMe } from '@/api/session';
import { Panel } from '@/ui/Panel';
import { Facts } from '@/ui/Facts';
import { paperDay } from '@/time/paper-day';
import { moment } from '@/time/timeWords';
import { may } from '@/state/duty';
import { awaitsNumber, EbysState } from '@/features/papers/EbysState';
import { LetterFile } from '@/features/requests/LetterFile';
import classes from '@/features/requests/requests.module.css';
import { dayAndTime, zoneStore } from '@/time/format';
import { ChangeLetter, NoteEbys } from './ChangeLetter';
import { LetterTask, type TaskForm } from './LetterTask';

type Props = { letter: Letter; onClose: () => void };

export function LetterPanel({ letter, onClose }: Props) {
  const { t } = useTranslation('letters');
  const { t: requests, i18n } = useTranslation('requests');
  const me = useMe();
  const [open, setOpen] = useState<'change' | 'ebys' | TaskForm | null>(null);
  const [isTyped, setTyped] = useState(false);
  const mayEnter = may(me, 'register_letter');
  const close = () => {
    setOpen(null);
    setTyped(false);
  };
  const form = { letter, isTyped, onTyped: () => setTyped(true), onDone: close };
  const language = i18n.language;
  const tr = (text: string) => <span lang="tr">{text}</span>;
  const rows: [string, ReactNode][] = [
    [t('field.sender'), t(`sender.${letter.sender}`)],
    [t('field.sender_name'), tr(letter.sender_name)],
    [requests('field.letter_no'), `${letter.no} · ${paperDay(letter.on, language)}`],
    [requests('field.served'), `${moment(letter.served_us, language, zoneStore.get())} · ${requests(`channel.${letter.channel}`)}`],
    [requests('field.subject'), tr(letter.subject)],
    [requests('field.ebys_no'), letter.ebys_no ? [letter.ebys_no, letter.ebys_on && paperDay(letter.ebys_on, language)].filter(Boolean).join(' · ') : requests('ebys_pending')],
    [requests('field.registered'), <span key="registered">{dayAndTime(letter.registered_us, language)} · {tr(letter.registered_by)}</span>],
  ];
  const isFixed = letter.is_fixed;
  return (
    <Panel title={t('letter_no', { number: letter.number })} isTyped={isTyped} onClose={open === null ? onClose : close}>
      <Stack gap="lg">
        <Facts rows={rows} />
        {letter.ebys && (letter.is_ebys_pending || letter.ebys.problem !== '') && <div><EbysState ebys={letter.ebys} /></div>}
        {mayEnter && open === null && (
          <Group gap="xs">
            {awaitsNumber(letter.ebys_no, letter.ebys) && <Button size="xs" onClick={() => setOpen('ebys')}>{t('note_ebys')}</Button>}
            {!isFixed && <Button size="xs" variant="default" onClick={() => setOpen('change')}>{t('correct')}</Button>}
          </Group>
        )}
        {isFixed && mayEnter && <Text size="sm" c="dimmed">{t('fixed')}</Text>}
        {open === 'change' && <ChangeLetter {...form} />}
        {open === 'ebys' && <NoteEbys {...form} />}
        <section>
          <Title order={3} mb={4}>{t('task')}</Title>
          <LetterTask letter={letter} open={open} form={form} onOpen={setOpen} />
        </section>
        <section>
          <Title order={3} mb={4}>{requests('field.scan')}</Title>
          <LetterFile letter={letter} mayFile={mayEnter && !isFixed} />
        </section>
        <section>
          <Title order={3} mb={4}>{t('requests')}</Title>
          {letter.requests.length > 0 && (
            <ul className={classes['plain']}>
              {letter.requests.map(({ id, number, state }) => (
                <li key={id}><Link to="/requests/$id" params={{ id }} className={classes['link']}>{requests('request_no', { number })}</Link> · {requests(`state.${state}`)}</li>
              ))}
            </ul>
          )}
          {letter.requests.length === 0 && <Text size="sm" c="dimmed">{t('no_request')}</Text>}
          {letter.requests.length === 0 && letter.sender !== 'other' && may(me, 'register_request') && (
            <Button mt="xs" size="xs" renderRoot={(props) => <Link {...props} to="/requests/new" search={{ letter: letter.id }} />}>{t('ask')}</Button>
          )}
          {letter.sender === 'other' && <Alert color="gray" mt="xs">{t('other_says')} <Link to="/applications" search={{ open: 'new' }} className={classes['link']}>{requests('to_applications')}</Link></Alert>}
        </section>
      </Stack>
    </Panel>
  );
}
