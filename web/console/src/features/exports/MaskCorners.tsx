/** A mask by the numbers of its corners, for whoever uses no pointer or wants it exact. */
import { Button, Group, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LEAST_CORNERS, MOST_CORNERS, type Mask, withCorner, withOneMore } from './masks';
import classes from './masks.module.css';

type Props = { number: number; mask: Mask; onChange: (mask: Mask) => void; onRemove: () => void };

export function MaskCorners({ number, mask, onChange, onRemove }: Props) {
  const { t, i18n } = useTranslation('exports');
  const field = (label: string, part: number, change: (part: number) => void) => (
    <NumberInput size="xs" aria-label={label} value={Math.round(part * 1000) / 10} min={0} max={100} step={1} decimalScale={1} decimalSeparator={i18n.language.startsWith('tr') ? ',' : '.'}
      hideControls clampBehavior="strict" onChange={(value) => typeof value === 'number' && change(value / 100)} />
  );
  return (
    <details className={classes['corners']}>
      <summary>{t('derived.mask', { number, count: mask.length })}</summary>
      <ul>
        <li aria-hidden="true" className={classes['axes']}><span /><span>{t('derived.left')}</span><span>{t('derived.top')}</span></li>
        {mask.map(([x, y], at) => (
          <li key={at}>
            <span>{t('derived.corner', { corner: at + 1 })}</span>
            {field(t('derived.from_left', { number, corner: at + 1 }), x, (part) => onChange(withCorner(mask, at, [part, y])))}
            {field(t('derived.from_top', { number, corner: at + 1 }), y, (part) => onChange(withCorner(mask, at, [x, part])))}
            <Button size="xs" variant="subtle" disabled={mask.length <= LEAST_CORNERS} aria-label={t('derived.remove_corner', { number, corner: at + 1 })} onClick={() => onChange(mask.filter((_, index) => index !== at))}>×</Button>
          </li>
        ))}
      </ul>
      <Group gap="xs">
        <Button size="xs" variant="default" disabled={mask.length >= MOST_CORNERS} onClick={() => onChange(withOneMore(mask))}>{t('derived.add_corner')}</Button>
        <Button size="xs" variant="default" onClick={onRemove}>{t('derived.remove', { number })}</Button>
      </Group>
    </details>
  );
}
