/** What a clock reading can mean where it means not just one moment: the hour that came twice, the hour that did not come. */
import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clock } from './timeWords';
import { offsetWord } from './zoneTime';

type TwiceProps = { firstUs: number; secondUs: number; isSecond: boolean | null; zone: string; onSecond: (isSecond: boolean) => void };

/** Two choices, none of them taken before somebody takes it. */
export function RepeatedHour({ firstUs, secondUs, isSecond, zone, onSecond }: TwiceProps) {
  const { t, i18n } = useTranslation('playback');
  const time = clock(firstUs, i18n.language, zone).split(' ')[0];
  return (
    <Radio.Group label={t('go.twice')} value={isSecond === null ? '' : String(isSecond)} onChange={(value) => onSecond(value === 'true')}>
      <Stack gap="xs" mt="xs">
        <Radio value="false" label={t('go.first', { time, offset: offsetWord(firstUs, zone) })} />
        <Radio value="true" label={t('go.second', { time, offset: offsetWord(secondUs, zone) })} />
      </Stack>
    </Radio.Group>
  );
}

export function SkippedHour({ nearestUs, zone, onNearest }: { nearestUs: number; zone: string; onNearest: (us: number) => void }) {
  const { t, i18n } = useTranslation('playback');
  return (
    <Group role="alert">
      <Text c="var(--nz-warning)">{t('go.skipped')}</Text>
      <Button variant="default" onClick={() => onNearest(nearestUs)}>
        {t('go.nearest', { time: clock(nearestUs, i18n.language, zone) })}
      </Button>
    </Group>
  );
}
