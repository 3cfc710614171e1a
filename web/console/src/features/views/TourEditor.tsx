/** Making or changing a tour: which views, in which order, how long each. */
import { Alert, Button, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView, Tour } from '@/api/types';
import { useChangeTour, useCreateTour } from '@/api/views';
import { useProblemWords } from '@/ui/problem-words';
import { useFocusBack } from '@/state/useFocusBack';
import { StopList } from './StopList';

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

  function save(event: FormEvent) {
    event.preventDefault();
    const body = { name: name.trim(), dwell_s, view_ids: stops };
    if (tour) change.mutate({ id: tour.id, ...body }, { onSuccess: onClose });
    else create.mutate(body, { onSuccess: onClose });
  }

  return (
    <Modal opened onClose={onClose} size="lg" title={t(tour ? 'edit_tour' : 'new_tour')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form onSubmit={save}>
        <Stack>
          <Group grow align="flex-start">
            <TextInput data-autofocus required label={t('name')} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <NumberInput required label={t('dwell')} min={5} max={300} value={dwell_s} onChange={(value) => setDwell(Number(value) || DWELL_S)} />
          </Group>
          <StopList stops={stops} views={views} onChange={setStops} />
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
