/** Which cameras, in which intervals: one set of intervals for all of them, to the second. */
import { Button, Fieldset, Group, Input, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CameraScope } from '@/features/grants/CameraScope';
import grants from '@/ui/papers.module.css';
import type { RequestCamera } from '@/api/footage';
import { MomentField } from '@/time/MomentField';
import { MOST_INTERVALS } from './rules';
import { type IntervalDraft, NO_INTERVAL, type ScopeDraft } from './scope';

/** `at`: what is wrong with a field, in words; of an interval `from.0`, `until.0`. */
type Props = { scope: ScopeDraft; cameras: RequestCamera[]; at: (field: string) => string | null; latestHint: string; onChange: (scope: ScopeDraft) => void };

export function ScopeFields({ scope, cameras, at, latestHint, onChange }: Props) {
  const { t } = useTranslation('requests');
  const put = (index: number, more: Partial<IntervalDraft>) =>
    onChange({ ...scope, intervals: scope.intervals.map((one, place) => (place === index ? { ...one, ...more } : one)) });
  const isOne = scope.intervals.length === 1;
  return (
    <>
      <div data-wrong={at('cameras') ? true : undefined}>
        <CameraScope cameras={cameras} chosen={scope.cameras} error={at('cameras')} onChange={(chosen) => onChange({ ...scope, cameras: chosen })} />
      </div>
      <Fieldset legend={t('interval.legend')}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">{latestHint}</Text>
          {scope.intervals.map((one, index) => (
            <div key={index} role="group" aria-label={t('interval.nth', { number: index + 1 })}>
              <div className={grants['pair']}>
                <MomentField label={t(isOne ? 'interval.from' : 'interval.nth_from', { number: index + 1 })} value={one.from} error={at(`from.${index}`)} onChange={(from) => put(index, { from })} />
                <MomentField label={t(isOne ? 'interval.until' : 'interval.nth_until', { number: index + 1 })} value={one.until} error={at(`until.${index}`)} onChange={(until) => put(index, { until })} />
              </div>
              {!isOne && (
                <Button size="xs" variant="default" onClick={() => onChange({ ...scope, intervals: scope.intervals.filter((_, place) => place !== index) })}>
                  {t('interval.remove', { number: index + 1 })}
                </Button>
              )}
            </div>
          ))}
          {at('intervals') && <Input.Error role="alert">{at('intervals')}</Input.Error>}
          <Group>
            <Button size="xs" variant="default" disabled={scope.intervals.length >= MOST_INTERVALS} onClick={() => onChange({ ...scope, intervals: [...scope.intervals, NO_INTERVAL] })}>
              {t('interval.add')}
            </Button>
          </Group>
        </Stack>
      </Fieldset>
    </>
  );
}
