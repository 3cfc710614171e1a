/** Everything the log says of one act, with ways to what is told of the same person, camera, right. */
import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditNames, type Entry, useEntry } from '@/api/audit';
import { PageFailure, PageLoading } from '@/ui/PageState';
import admin from '@/ui/pages.module.css';
import { NothingYet } from '@/ui/ListState';
import { Panel } from '@/ui/Panel';
import { dayAndTime } from '@/time/format';
import classes from './audit.module.css';
import { DetailValue } from './DetailValue';
import type { AuditSearch } from './search';
import { useSpanWords } from './ViewingTable';
import { useAuditWords } from './words';

type Narrow = (more: Pick<AuditSearch, 'person' | 'camera' | 'right'>) => void;
type Props = { number: number; names: AuditNames; onClose: () => void; onNarrow: Narrow };

export function EntryPanel({ number, names, onClose, onNarrow }: Props) {
  const { t } = useTranslation('audit');
  const entry = useEntry(number);
  return (
    <Panel title={t('number', { number })} onClose={onClose}>
      {entry.data && <Told entry={entry.data} names={names} onNarrow={onNarrow} />}
      {entry.data === null && <NothingYet text={t('no_entry')} />}
      {entry.data === undefined && (entry.error ? <PageFailure error={entry.error} onRetry={() => void entry.refetch()} /> : <PageLoading />)}
    </Panel>
  );
}

function Told({ entry, names, onNarrow }: { entry: Entry; names: AuditNames; onNarrow: Narrow }) {
  const { t, i18n } = useTranslation('audit');
  const words = useAuditWords();
  const span = useSpanWords();
  const { actor, subject, basis } = entry;
  const facts: [string, ReactNode][] = [
    ['time', dayAndTime(entry.at_us, i18n.language)],
    ['what', words.act(entry.act)],
    ['who', <span key="who" lang="tr">{actor.name || t('stranger')}</span>],
    ['address', actor.address],
    ['subject', subject.kind && <span key="subject">{words.subject(subject.kind)}{subject.words && ': '}<span lang="tr">{subject.words}</span></span>],
    ['mode', words.mode(entry.mode)],
    ['stream', entry.stream],
    ['pictures', entry.from_us !== null && span(entry.from_us, entry.until_us)],
    ['basis', basis && <span key="basis" lang="tr">{basis.text}</span>],
    ['outcome', entry.outcome === 'ok' ? t('outcome.ok') : `${words.outcome(entry.outcome)} (${entry.outcome})`],
    ['session', actor.session_id && <code key="session">{actor.session_id}</code>],
    ['refers_to', entry.refers_to && <code key="refers_to">{entry.refers_to}</code>],
    ['id', <code key="id">{entry.id}</code>],
  ];
  const details = Object.entries(entry.detail);
  return (
    <>
      <dl className={`${admin['facts']} ${classes['told']}`}>
        {facts.filter(([, value]) => Boolean(value)).map(([name, value]) => <Fact key={name} name={t(`column.${name}`)}>{value}</Fact>)}
      </dl>
      {details.length > 0 && (
        <section className={admin['section']}>
          <h2 className={classes['heading']}>{t('details')}</h2>
          <dl className={`${admin['facts']} ${classes['told']}`}>
            {details.map(([name, value]) => <Fact key={name} name={words.detail(name)}><DetailValue name={name} value={value} names={names} /></Fact>)}
          </dl>
        </section>
      )}
      <Group gap="xs" mt="lg">
        {actor.id && <Button size="xs" variant="default" onClick={() => onNarrow({ person: actor.id ?? '' })}>{t('same.person')}</Button>}
        {entry.camera_id && <Button size="xs" variant="default" onClick={() => onNarrow({ camera: entry.camera_id ?? '' })}>{t('same.camera')}</Button>}
        {basis?.id && <Button size="xs" variant="default" onClick={() => onNarrow({ right: basis.id ?? '' })}>{t('same.right')}</Button>}
        {entry.outcome !== 'ok' && <Button size="xs" variant="default" renderRoot={(props) => <Link {...props} to="/breaches" search={{ entry: entry.number }} />}>{t('breach')}</Button>}
      </Group>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
