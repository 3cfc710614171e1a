/** Masks of one camera, drawn on a picture of the asked time or typed corner by corner; an outline that is not closed is told. */
import { Alert, Button, Group, Input, Slider, Text } from '@mantine/core';
import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moment } from '@/time/timeWords';
import { zoneStore } from '@/time/format';
import { MaskCorners } from './MaskCorners';
import { StillPicture } from './StillPicture';
import { LEAST_CORNERS, MIDDLE, MOST_CORNERS, MOST_MASKS, type Mask, closes, cornerAt, momentAt, pointsOf } from './masks';
import classes from './masks.module.css';

const STEPS = 1_000;

type Props = { camera_id: string; name: string; spans: readonly { start_us: number; end_us: number }[]; masks: readonly Mask[]; moves_us: readonly number[]; onChange: (masks: readonly Mask[], isOpen: boolean) => void };

export function MaskEditor({ camera_id, name, spans, masks, moves_us, onChange }: Props) {
  const { t, i18n } = useTranslation('exports');
  const [outline, setOutline] = useState<Mask>([]);
  const [step, setStep] = useState(STEPS / 2);
  const [shownStep, setShownStep] = useState(STEPS / 2);
  const isFull = masks.length >= MOST_MASKS;
  const time = (share: number) => moment(momentAt(spans, share / STEPS), i18n.language, zoneStore.get());
  const isOpen = outline.length > 0;
  const close = () => {
    onChange([...masks, outline], false);
    setOutline([]);
  };
  const trace = (next: Mask) => {
    onChange(masks, next.length > 0);
    setOutline(next);
  };
  const click = (event: MouseEvent<SVGSVGElement>) => {
    if (isFull) return;
    const corner = cornerAt(event.currentTarget.getBoundingClientRect(), event.clientX, event.clientY);
    if (closes(outline, corner)) close();
    else if (outline.length < MOST_CORNERS) trace([...outline, corner]);
  };
  const typed = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault(); // a corner is typed, nothing ordered
    if (event.key !== 'Escape' || outline.length === 0) return;
    event.preventDefault(); // the outline goes, not the form
    trace([]);
  };
  return (
    <div className={classes['editor']} role="group" aria-label={t('derived.masks_of', { name })} onKeyDown={typed}>
      {moves_us.length > 0 && <Alert color="yellow" data-warning="camera_moved_inside">{t('derived.moved', { times: moves_us.map((one) => moment(one, i18n.language, zoneStore.get())).join(', ') })}</Alert>}
      <Text size="sm" c="dimmed">{t('derived.draw')}</Text>
      <StillPicture camera_id={camera_id} at_us={momentAt(spans, shownStep / STEPS)}>
        <svg viewBox="0 0 1 1" preserveAspectRatio="none" onClick={click} data-masks={camera_id} aria-hidden="true">
          {masks.map((mask, index) => <polygon key={`${index}/${pointsOf(mask)}`} points={pointsOf(mask)} className={classes['mask']} />)}
          <polyline points={pointsOf(outline)} className={classes['outline']} />
          {outline.slice(0, 1).map(([x, y]) => <circle key="first" cx={x} cy={y} r={0.012} className={classes['first']} />)}
        </svg>
      </StillPicture>
      <Input.Wrapper label={t('derived.moment')} description={time(step)} labelElement="div">
        <Slider value={step} min={0} max={STEPS} label={null} onChange={setStep} onChangeEnd={setShownStep} thumbLabel={t('derived.moment_of', { name })} />
      </Input.Wrapper>
      <Group gap="xs">
        <Button size="xs" variant="default" disabled={outline.length < LEAST_CORNERS} onClick={close}>{t('derived.close')}</Button>
        <Button size="xs" variant="default" disabled={!isOpen} onClick={() => trace(outline.slice(0, -1))}>{t('derived.undo')}</Button>
        <Button size="xs" variant="default" disabled={isFull} onClick={() => onChange([...masks, MIDDLE], isOpen)}>{t('derived.add')}</Button>
      </Group>
      <Text size="sm" role="status">{t('derived.count', { count: masks.length })}</Text>
      {masks.map((mask, index) => (
        <MaskCorners key={index} number={index + 1} mask={mask} onChange={(changed) => onChange(masks.map((one, at) => (at === index ? changed : one)), isOpen)}
          onRemove={() => onChange(masks.filter((_, at) => at !== index), isOpen)} />
      ))}
    </div>
  );
}
