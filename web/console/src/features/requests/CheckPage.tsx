/** "Kaydetmeden önce denetleyin": everything that was entered, each part with its way back. */
import { Alert, Button, Group, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '@/ui/Facts';
import { paperDay } from '@/time/paper-day';
import { duration, moment } from '@/time/timeWords';
import { zoneStore } from '@/time/format';
import { isInternal } from './draft';
import { momentOf } from '@/time/moment';
import { cameraName } from '@/ui/camera-names';
import type { PageProps } from './page';
import { intervalsOf } from './scope';
import type { Step } from './steps';

type Props = Pick<PageProps, 'draft' | 'choices' | 'file'> & { onChange: (step: Step) => void };

export function CheckPage({ draft, choices, file, onChange }: Props) {
  const { t, i18n } = useTranslation('requests');
  const zone = zoneStore.get();
  const language = i18n.language;
  const served_us = momentOf(draft.served, zone);
  const cameras = choices.cameras.filter((one) => draft.cameras.includes(one.id)).map(cameraName);
  const officer = choices.officers.find((one) => one.id === draft.officer);
  const tr = (text: string) => <span lang="tr">{text || '—'}</span>;
  const part = (step: Step, rows: [string, ReactNode][]) => <Part key={step} step={step} rows={rows} onChange={() => onChange(step)} />;
  return (
    <Stack gap="lg">
      {part('from', [
        [t('field.whose'), isInternal(draft) ? t('whose.internal') : t(`kind.${draft.kind}`)],
        [t(isInternal(draft) ? 'field.unit' : 'field.sender'), tr(draft.sender)],
        ...(draft.kind === 'other_official' && !isInternal(draft) ? [[t('field.legal_basis'), tr(draft.legalBasis)] as [string, ReactNode]] : []),
      ])}
      {part('letter', [
        ...(isInternal(draft) ? [[t('field.olur_no'), `${draft.olurNo} · ${paperDay(draft.olurOn, language)} · ${t(`issuer.${draft.olurIssuer}`)}`] as [string, ReactNode]] : []),
        [t('field.letter_no'), `${draft.letterNo} · ${paperDay(draft.letterOn, language)}`],
        [t('field.served'), `${served_us === null ? '—' : moment(served_us, language, zone)} · ${t(`channel.${draft.channel}`)}`],
        [t('field.ebys_no'), draft.ebysNo || t('ebys_pending')],
        [t('field.file_no'), draft.fileNo || '—'],
        [t('field.scan'), file ? tr(file.name) : t('scan.later')],
      ])}
      {part('asked', [
        [t('field.cameras'), tr(cameras.join(', '))],
        [t('field.intervals'), (intervalsOf(draft, zone) ?? []).map(({ from_us, until_us }) => (
          <div key={from_us}>{moment(from_us, language, zone)} – {moment(until_us, language, zone)} ({duration(until_us - from_us, language)})</div>
        ))],
        [t('field.subject'), tr(draft.subject)],
        [t('field.place'), tr(draft.place)],
      ])}
      {part('who', [[t('field.officer'), officer ? tr(officer.display_name) : t('nobody_yet')]])}
      <Alert color="gray">{t('check.says')}</Alert>
    </Stack>
  );
}

function Part({ step, rows, onChange }: { step: Step; rows: [string, ReactNode][]; onChange: () => void }) {
  const { t } = useTranslation('requests');
  return (
    <section aria-labelledby={`check-${step}`}>
      <Group justify="space-between">
        <Title order={3} id={`check-${step}`}>{t(`step.${step}`)}</Title>
        <Button size="xs" variant="default" onClick={onChange} aria-label={t('check.change_named', { part: t(`step.${step}`) })}>{t('check.change')}</Button>
      </Group>
      <Facts rows={rows} />
    </section>
  );
}
