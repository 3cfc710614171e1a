/** `/admin/settings`: what the node works with, whether it works, changing it. */
import { Alert, Button, Skeleton, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { type Settings, useChecks, useSettings } from '@/api/settings';
import { PageFailure } from '@/ui/PageState';
import { useProblemWords } from '@/ui/problem-words';
import admin from '@/ui/pages.module.css';
import { NotYourDuty } from '@/ui/ListState';
import { CheckLines } from './CheckLines';
import { isChangeable } from './draft';
import { Jump } from './Jump';
import { checksOf, ordered, otherFindings, partsToMend, waitingOf } from './order';
import { RestartNote } from './RestartNote';
import { SectionCard } from './SectionCard';
import { SectionPanel } from './SectionPanel';
import classes from './settings.module.css';

export function SettingsPage() {
  const { t } = useTranslation('settings');
  const me = useMe();
  const mayManage = me?.actions.includes('manage_settings') ?? false;
  const [restart, setRestart] = useState<'none' | 'going' | 'done'>('none');
  const found = useSettings(mayManage, restart === 'going');
  if (restart === 'going' && found.data && !found.isError && waitingOf(found.data.sections).length === 0) setRestart('done');
  if (found.error && !found.data) return <PageFailure error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      <Title order={1}>{t('title')}</Title>
      {me && !mayManage && <NotYourDuty whose={t('duty')} />}
      {mayManage && <p className={classes['hint']}>{t('hint')}</p>}
      {mayManage && !found.data && <Skeleton height={320} />}
      {restart === 'done' && <Alert role="status" mb="md" withCloseButton closeButtonLabel={t('cancel')} onClose={() => setRestart('none')}>{t('restart.done')}</Alert>}
      {found.data && <Parts settings={found.data} isRestarting={restart === 'going'} onRestart={() => setRestart('going')} />}
    </>
  );
}

function Parts({ settings, isRestarting, onRestart }: { settings: Settings; isRestarting: boolean; onRestart: () => void }) {
  const { t } = useTranslation('settings');
  const checks = useChecks(true);
  const [changed, setChanged] = useState<string | null>(null);
  const [isKept, setKept] = useState(false);
  const sections = ordered(settings.sections);
  const open = sections.find(({ name }) => name === changed);
  const tried = checks.data ?? [];
  return (
    <>
      {settings.problem !== '' && <Broken settings={settings} />}
      <RestartNote sections={settings.sections} isRestarting={isRestarting} onRestart={onRestart} />
      <p className="nz-hidden" role="status">{isKept ? t('saved') : ''}</p>
      <Tried checks={checks} />
      <CheckLines checks={otherFindings(tried)} />
      <Jump sections={sections} checks={tried} />
      {sections.map((one) => (
        <SectionCard key={one.name} section={one} settings={settings} checks={checksOf(one.name, tried)} onChange={() => setChanged(one.name)} />
      ))}
      <section className={classes['card']} aria-labelledby="settings-zone">
        <Title order={2} id="settings-zone">{t('zone.title')}</Title>
        <p className={classes['text']}>{t('zone.text')}</p>
        <strong>{settings.zone}</strong>
      </section>
      {open && <SectionPanel key={open.name} section={open} settings={settings} onClose={() => setChanged(null)} onKept={() => setKept(true)} />}
    </>
  );
}

function Broken({ settings }: { settings: Settings }) {
  const { t } = useTranslation('settings');
  const isOurs = isChangeable(settings);
  return (
    <Alert color="red" role="alert" mb="md" title={t(isOurs ? 'problem.kept_title' : 'problem.title')}>
      {t(isOurs ? 'problem.kept_text' : 'problem.text')} <span lang="en">{settings.problem}</span>
      <div className={admin['more']}>{settings.problem_file}</div>
    </Alert>
  );
}

function Tried({ checks }: { checks: ReturnType<typeof useChecks> }) {
  const { t } = useTranslation('settings');
  const words = useProblemWords();
  const count = partsToMend(checks.data ?? []);
  const said = checks.isFetching ? t('checks.running') : checks.error ? words(checks.error) : count === 0 ? t('checks.all_well') : t('checks.bad', { count });
  return (
    <div className={classes['tried']}>
      <strong>{t('checks.title')}</strong>
      <span role="status" data-bad={!checks.isFetching && (count > 0 || checks.isError)}>{said}</span>
      <Button variant="default" size="xs" disabled={checks.isFetching} onClick={() => void checks.refetch()}>{t('checks.run')}</Button>
    </div>
  );
}
