/** A moment with its seconds, in the house's zone: the repeated hour is asked for, the skipped one refused. */
import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { RepeatedHour, SkippedHour } from './WhichMoment';
import { DateField } from './DateField';
import { zoneStore } from './format';
import { momentsIn, type Typed, typedOf } from './moment';

type Props = { label: string; description?: ReactNode; value: Typed; error?: string | null; required?: boolean; onChange: (value: Typed) => void };

export function MomentField({ label, description, value, error = null, required = false, onChange }: Props) {
  const zone = zoneStore.get();
  const moments = momentsIn(value.text, zone);
  return (
    <Stack gap="xs">
      <DateField hasTime required={required} label={label} description={description} value={value.text} error={error}
        onChange={(text) => onChange({ text, isSecond: null })} />
      {moments?.kind === 'two' && (
        <RepeatedHour firstUs={moments.firstUs} secondUs={moments.secondUs} isSecond={value.isSecond} zone={zone} onSecond={(isSecond) => onChange({ ...value, isSecond })} />
      )}
      {moments?.kind === 'none' && <SkippedHour nearestUs={moments.nearestUs} zone={zone} onNearest={(us) => onChange(typedOf(us, zone))} />}
    </Stack>
  );
}
