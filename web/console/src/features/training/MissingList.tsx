/** Who has not read or watched what, unit by unit; the same as a file for spreadsheets. */
import { Button, Group, Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { missingCsv, useMissingTraining } from '@/api/training';
import { PageFailure } from '@/ui/PageState';
import { dayOf } from '@/time/format';
import { byUnit } from './by-unit';
import classes from './training.module.css';

export function MissingList() {
  const { t, i18n } = useTranslation('training');
  const found = useMissingTraining();
  if (found.error && !found.data) return <PageFailure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return null;
  const units = byUnit(found.data);
  return (
    <section aria-labelledby="training-missing">
      <Group justify="space-between">
        <Title order={2} id="training-missing">{t('missing.title')}</Title>
        {units.length > 0 && <Button component="a" variant="default" href={missingCsv} download="training-missing.csv">{t('missing.csv')}</Button>}
      </Group>
      {units.length === 0 && <p className={classes['hint']}>{t('missing.none')}</p>}
      {units.map((unit) => (
        <div key={unit.unit_name}>
          <Title order={3} lang="tr" mt="md" size="h5">{unit.unit_name || t('missing.no_unit')} ({unit.persons.length})</Title>
          <Table verticalSpacing="xs" aria-label={unit.unit_name || t('missing.no_unit')}>
            <Table.Thead><Table.Tr><Table.Th>{t('missing.person')}</Table.Th><Table.Th>{t('missing.what')}</Table.Th><Table.Th>{t('missing.attended')}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {unit.persons.map((one) => (
                <Table.Tr key={one.account_id}>
                  <Table.Td lang="tr">{one.full_name} <small className={classes['account']}>{one.account_name}</small></Table.Td>
                  <Table.Td lang="tr">{one.titles.join(', ')}</Table.Td>
                  <Table.Td>{one.attended_us === null ? '—' : dayOf(one.attended_us, i18n.language)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ))}
    </section>
  );
}
