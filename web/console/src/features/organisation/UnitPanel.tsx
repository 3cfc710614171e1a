/** One unit beside the tree: name, kind, place, who signs for it; closing it. */
import { Alert, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveUnit, useUnitAct } from '@/api/people';
import type { Unit, UnitKind } from '@/api/types';
import { useProblemWords } from '@/ui/problem-words';
import classes from '@/ui/pages.module.css';
import { Panel } from '@/ui/Panel';
import { PersonPicker } from '@/ui/PersonPicker';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { idsBelow, KINDS, labelOf, parentsFor } from './tree';

type Field = 'name' | 'kind' | 'parent_id' | 'supervisor_id';
type Props = { unit: Unit | null; under?: string | undefined; units: readonly Unit[]; mayChange: boolean; onClose: () => void };

const PLACES: Readonly<Record<string, Field>> = {
  unit_name_invalid: 'name',
  unit_name_taken: 'name',
  unit_kind: 'kind',
  unit_parent_missing: 'parent_id',
  unit_parent_lower: 'parent_id',
  unit_circle: 'parent_id',
  unit_closed: 'parent_id',
  unit_not_found: 'parent_id',
  municipality_exists: 'kind',
  person_left: 'supervisor_id',
  person_not_found: 'supervisor_id',
};

export function UnitPanel({ unit, under, units, mayChange, onClose }: Props) {
  const { t } = useTranslation('admin');
  const [before] = useState(() => ({
    name: unit?.name ?? '',
    kind: unit?.kind ?? kindUnder(units, under),
    parent_id: unit?.parent_id ?? under ?? null,
    supervisor_id: unit?.supervisor?.id ?? null,
  }));
  const [draft, setDraft] = useState(before);
  const save = useSaveUnit(unit?.id ?? null);
  const { at, rest } = useFieldProblems(save.error, PLACES);
  const isTyped = (Object.keys(draft) as Field[]).some((field) => draft[field] !== before[field]);
  const isTop = draft.kind === 'municipality';
  const parents = unit ? parentsFor(units, draft.kind).filter((one) => !idsBelow(units, unit.id).has(one.id)) : parentsFor(units, draft.kind);
  const isWhole = draft.name.trim() !== '' && (isTop || draft.parent_id !== null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole) save.mutate({ ...draft, parent_id: isTop ? null : draft.parent_id }, { onSuccess: onClose });
  };
  return (
    <Panel title={unit?.name ?? t('units.new')} isTyped={mayChange && isTyped} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput data-autofocus required withAsterisk={false} lang="tr" autoComplete="off" label={t('field.name')} description={t('why.unit_name')} maxLength={160} readOnly={!mayChange}
            value={draft.name} error={at('name')} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
          <Select required withAsterisk={false} label={t('field.kind')} description={t('why.unit_kind')} allowDeselect={false} readOnly={!mayChange} value={draft.kind} error={at('kind')}
            data={KINDS.map((value) => ({ value, label: t(`unit_kind.${value}`) }))}
            onChange={(value) => setDraft({ ...draft, kind: value ?? 'unit' })} />
          {!isTop && (
            <Select required withAsterisk={false} searchable label={t('field.parent_id')} placeholder={t('choose')} nothingFoundMessage={t('none_found')} allowDeselect={false} readOnly={!mayChange}
              value={parents.some((one) => one.id === draft.parent_id) ? draft.parent_id : null} error={at('parent_id')}
              data={parents.map((one) => ({ value: one.id, label: labelOf(units, one.id) }))}
              onChange={(parent_id) => setDraft({ ...draft, parent_id })} />
          )}
          {mayChange ? (
            <PersonPicker label={t('field.supervisor_id')} description={t('why.supervisor')} value={draft.supervisor_id} error={at('supervisor_id')}
              onChange={(supervisor_id) => setDraft({ ...draft, supervisor_id })} />
          ) : (
            <TextInput readOnly label={t('field.supervisor_id')} value={unit?.supervisor?.full_name ?? t('units.vacant')} />
          )}
        </Stack>
        {rest && <Alert color="red" role="alert" mt="md">{rest}</Alert>}
        {mayChange && (
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
            <Button type="submit" disabled={!isWhole} loading={save.isPending}>{t(unit ? 'keep' : 'units.register')}</Button>
          </Group>
        )}
      </form>
      {mayChange && unit && <Closing unit={unit} />}
    </Panel>
  );
}

function Closing({ unit }: { unit: Unit }) {
  const { t } = useTranslation('admin');
  const words = useProblemWords();
  const act = useUnitAct(unit.id);
  return (
    <section className={classes['section']} aria-label={t('units.closing')}>
      <Text size="sm" mb="xs">{t(unit.is_closed ? 'units.reopen_effect' : 'units.close_effect')}</Text>
      <Button variant="default" size="xs" loading={act.isPending} onClick={() => act.mutate(unit.is_closed ? 'reopen' : 'close')}>
        {t(unit.is_closed ? 'units.reopen' : 'units.close')}
      </Button>
      {act.error && <Alert color="red" role="alert" mt="xs">{words(act.error)}</Alert>}
    </section>
  );
}

/** The next lower kind, which is what most often stands there; without anything yet the municipality itself. */
function kindUnder(units: readonly Unit[], under: string | undefined): UnitKind {
  if (units.length === 0) return 'municipality';
  const parent = units.find((one) => one.id === under);
  return parent ? (KINDS[Math.min(KINDS.indexOf(parent.kind) + 1, KINDS.length - 1)] ?? 'unit') : 'unit';
}
