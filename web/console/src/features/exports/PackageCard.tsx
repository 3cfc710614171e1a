/** One package: where it stands, what is in it, what is missing, what its officer may do with it. */
import { Alert, Progress, Text, Title } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportRow } from '@/api/exports';
import { bytes } from '@/ui/bytes';
import { duration, moment } from '@/time/timeWords';
import { cameraName } from '@/ui/camera-names';
import { dayAndTime, zoneStore } from '@/time/format';
import { useServerTime } from '@/time/useServerTime';
import { Contents } from './Contents';
import { PackageActs } from './PackageActs';
import { Gone } from './Gone';
import { percentOf, type Stage, stageOf } from './stage';
import classes from './exports.module.css';

const SHAPES: Record<Stage, string> = { waiting: '◌', checking: '◔', copying: '◑', sealing: '◕', ready: '●', failed: '▲', leaving: '◇', purged: '■', given_up: '⊘' };
const TONES: Partial<Record<Stage, string>> = { failed: 'alarm', leaving: 'warning', given_up: 'warning' };
const SECOND_US = 1_000_000;

type Props = { request_id: string; one: ExportRow; isOfficer: boolean; isPrepared: boolean; isSigned: boolean; isOnly: boolean };

export function PackageCard({ request_id, one, isOfficer, isPrepared, isSigned, isOnly }: Props) {
  const { t, i18n } = useTranslation('exports');
  const stage = stageOf(one);
  const language = i18n.language;
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <li className={classes['package']} data-stage={stage} data-package={one.number}>
      <div className={classes['top']}>
        <Title order={3} ref={heading} tabIndex={-1}>{t('package_no', { number: one.number })} <small>{one.name}.zip</small></Title>
        <span className={classes['stage']} data-tone={TONES[stage] ?? 'quiet'}><span aria-hidden="true">{SHAPES[stage]}</span> {t(`stage.${stage}`)}</span>
      </div>
      <Text size="sm" c="dimmed">{t('ordered', { time: dayAndTime(one.ordered_us, language) })} · <span lang="tr">{one.ordered_by_name}</span>{one.takes_what_is_there && ` · ${t('takes_what_is_there')}`}{one.has_derived && ` · ${t('derived.with')}`}</Text>
      <Going one={one} />
      {stage === 'failed' && <Alert color="red" mt="xs">{t(`failure.${one.failure}`, { defaultValue: t('failure.unknown') })} {isOfficer && t('failure.retry_says')}</Alert>}
      {one.sha256 && (
        <dl className={classes['proof']}>
          <div><dt>{t('size')}</dt><dd>{bytes(one.size_bytes ?? 0, language)}{one.built_us !== null && ` · ${dayAndTime(one.built_us, language)}`}</dd></div>
          <div><dt>SHA-256</dt><dd><code>{one.sha256}</code></dd></div>
          {one.manifest_sha256 && <div><dt>{t('manifest')}</dt><dd><code>{one.manifest_sha256}</code></dd></div>}
          {one.certificate_sha256 && <div><dt>{t('certificate')}</dt><dd><code>{one.certificate_sha256}</code></dd></div>}
          {one.time_stamp && <div><dt>{t('stamp.title')}</dt><dd>{one.time_stamp.at_us === null ? t('stamp.missing', { authority: one.time_stamp.authority }) : t('stamp.got', { time: dayAndTime(one.time_stamp.at_us, language), authority: one.time_stamp.authority })}</dd></div>}
        </dl>
      )}
      {one.warnings.map((moved) => (
        <Alert key={`${moved.camera_id}/${moved.at_us}`} color="yellow" mt="xs" data-warning={moved.code}>{t('derived.moved_package', { name: cameraName({ number: moved.camera_number, name: moved.camera_name }), time: moment(moved.at_us, language, zoneStore.get()) })}</Alert>
      ))}
      {one.state === 'ready' && one.purge_why === null && <Copied one={one} />}
      <Gone one={one} />
      {isOfficer && one.purge_why === null && <PackageActs request_id={request_id} one={one} isPrepared={isPrepared} isSigned={isSigned} isOnly={isOnly} onRetried={() => heading.current?.focus()} />}
      {!isOfficer && stage === 'ready' && <Text size="sm" c="dimmed" mt="xs">{t('officer_only')}</Text>}
      <Contents one={one} />
    </li>
  );
}

/** Whether somebody has it: begun, or taken to its end. */
function Copied({ one: { begun_us, taken_us } }: { one: ExportRow }) {
  const { t, i18n } = useTranslation('exports');
  if (taken_us !== null) return <Text size="sm" mt="xs"><span aria-hidden="true">✓</span> {t('taken', { time: dayAndTime(taken_us, i18n.language) })}</Text>;
  return begun_us === null ? null : <Text size="sm" mt="xs"><span aria-hidden="true">◑</span> {t('begun', { time: dayAndTime(begun_us, i18n.language) })}</Text>;
}

/** How far the building is: bytes, percent, what is being done. */
function Going({ one }: { one: ExportRow }) {
  const { t, i18n } = useTranslation('exports');
  const stage = stageOf(one);
  const percent = percentOf(one);
  const now_us = useServerTime((at_us) => Math.floor(at_us / SECOND_US) * SECOND_US);
  if (stage === 'waiting') return <Text size="sm" mt={4}>{t(one.failure ? `waits_for.${one.failure}` : 'waits', { time: duration(Math.max(SECOND_US, now_us - one.ordered_us), i18n.language) })}</Text>;
  if (stage !== 'checking' && stage !== 'copying' && stage !== 'sealing') return null;
  const size = (count: number) => bytes(count, i18n.language);
  return (
    <div className={classes['going']}>
      <Progress.Root size="lg"><Progress.Section value={percent ?? 0} aria-label={t('progress', { number: one.number })} /></Progress.Root>
      <Text size="sm">
        {percent !== null && <strong>{t('percent', { percent })}</strong>} {one.planned_bytes !== null && t('of', { done: size(one.done_bytes), planned: size(one.planned_bytes) })} · {t(`does.${stage}`)}
      </Text>
    </div>
  );
}
