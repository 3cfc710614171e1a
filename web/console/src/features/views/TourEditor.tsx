/** Making or changing a tour: which views, in which order, how long each. */
import { ActionIcon, Alert, Button, Group, Modal, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView, Tour } from '@/api/types';
import { useChangeTour, useCreateTour } from '@/api/views';
import { useProblemWords } from '@/app/problem-words';
import { IconClose, IconDown, IconUp } from '@/theme/icons';
import classes from './views.module.css';
import { useFocusBack } from '@/state/useFocusBack';

const DWELL_S = 15;

type Props = { tour: Tour | null; views: SavedView[]; onClose: () => void };

export function TourEditor({ tour, views, onClose }: Props) {
  useFocusBack();
  const { t } = useTranslation('views');
  const words = useProblemWords();
  const create = useCreateTour();
  const change = useChangeTour();
  const [name, setName] = useState(tour?.name ?? '');
  const [dwell_s, setDwell] = useState<number>(tour?.dwell_s ?? DWELL_S);
  const [stops, setStops] = useState<string[]>(tour?.view_ids ?? views.slice(0, 2).map((view) => view.id));
  const error = create.error ?? change.error;

  const swap = (a: number, b: number) =>
    setStops(stops.map((id, at) => (at === a ? (stops[b] ?? id) : at === b ? (stops[a] ?? id) : id)));

  function save(event: FormEvent) {
    event.preventDefault();
    const body = { name: name.trim(), dwell_s, view_ids: stops };
    if (tour) change.mutate({ id: tour.id, ...body }, { onSuccess: onClose });
    else create.mutate(body, { onSuccess: onClose });
  }

  const icon = (label: string, isDisabled: boolean, onClick: () => void, content: React.ReactNode) => (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} disabled={isDisabled} onClick={onClick}>{content}</ActionIcon>
  );

  return (
    <Modal opened onClose={onClose} size="lg" title={t(tour ? 'edit_tour' : 'new_tour')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form onSubmit={save}>
        <Stack>
          <Group grow align="flex-start">
            <TextInput data-autofocus required label={t('name')} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <NumberInput required label={t('dwell')} min={5} max={300} value={dwell_s} onChange={(value) => setDwell(Number(value) || DWELL_S)} />
          </Group>
          <ol className={classes['stops']}>
            {stops.map((id, at) => {
              const stop = views.find((view) => view.id === id)?.name ?? t('gone');
              return (
                <li key={`${id}-${at}`}>
                  <Text flex={1} truncate lang="tr">{at + 1}. {stop}</Text>
                  {icon(t('up', { name: stop }), at === 0, () => swap(at, at - 1), <IconUp size={18} />)}
                  {icon(t('down', { name: stop }), at === stops.length - 1, () => swap(at, at + 1), <IconDown size={18} />)}
                  {icon(t('remove', { name: stop }), false, () => setStops(stops.filter((_, other) => other !== at)), <IconClose size={18} />)}
                </li>
              );
            })}
          </ol>
          <Select label={t('add')} placeholder={t('add_hint')} value={null} data={views.map((view) => ({ value: view.id, label: view.name }))}
            onChange={(id) => id && setStops([...stops, id])} />
          {error && <Alert color="red" role="alert">{words(error)}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
            <Button type="submit" disabled={!name.trim() || stops.length === 0} loading={create.isPending || change.isPending}>{t('keep')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
