/** What is in a package, film by film; what of the request is not, and why; what in it is damaged. */
import { Alert, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportRow } from '@/api/exports';
import { useCellWords } from '@/features/availability/useCellWords';
import { bytes } from '@/ui/bytes';
import { duration, moment } from '@/time/timeWords';
import { cameraName } from '@/ui/camera-names';
import { zoneStore } from '@/time/format';
import classes from './exports.module.css';

const MOST_OPEN = 3; // a longer list is opened by whoever wants to read it

export function Contents({ one }: { one: ExportRow }) {
  const { t } = useTranslation('exports');
  const { films, missing, items } = one;
  return (
    <div className={classes['contents']}>
      {films.length === 0 && <Part summary={t('asked', { count: items.length })} isOpen={items.length <= MOST_OPEN}><Items one={one} /></Part>}
      {films.length > 0 && <Part summary={t('films', { count: one.films_in_all })} isOpen={films.length <= MOST_OPEN}><Films one={one} />{one.films_in_all > films.length && <Rest shown={films.length} />}</Part>}
      {one.derived.length > 0 && <Part summary={t('derived.films', { count: one.derived_in_all })} isOpen={one.derived.length <= MOST_OPEN}><Derived one={one} />{one.derived_in_all > one.derived.length && <Rest shown={one.derived.length} />}</Part>}
      {missing.length > 0 && <Part summary={t('missing', { count: one.missing_in_all })} isOpen><Missing one={one} />{one.missing_in_all > missing.length && <Rest shown={missing.length} />}</Part>}
      {one.damaged_in_all > 0 && <Alert color="yellow" mt="xs">{t('damaged', { count: one.damaged_in_all })}</Alert>}
    </div>
  );
}

/** The rest stands in the manifest, which lies in the package. */
function Rest({ shown }: { shown: number }) {
  const { t } = useTranslation('exports');
  return <Text size="sm" c="dimmed">{t('rest', { shown })}</Text>;
}

function Part({ summary, isOpen, children }: { summary: string; isOpen: boolean; children: ReactNode }) {
  return (
    <details open={isOpen}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

function useWords() {
  const { t, i18n } = useTranslation('exports');
  const time = (at_us: number) => moment(at_us, i18n.language, zoneStore.get());
  const head = (...names: string[]) => (
    <Table.Thead><Table.Tr>{names.map((name) => <Table.Th key={name}>{t(`column.${name}`)}</Table.Th>)}</Table.Tr></Table.Thead>
  );
  return { t, language: i18n.language, time, head };
}

function Items({ one }: { one: ExportRow }) {
  const { t, time } = useWords();
  return (
    <ul className={classes['items']} aria-label={t('asked', { count: one.items.length })}>
      {one.items.map((item) => (
        <li key={`${item.camera_number}/${item.from_us}`}><span lang="tr">{cameraName({ number: item.camera_number, name: item.camera_name })}</span>: {time(item.from_us)} – {time(item.until_us)}</li>
      ))}
    </ul>
  );
}

function Films({ one }: { one: ExportRow }) {
  const { t, language, time, head } = useWords();
  return (
    <Table aria-label={t('films', { count: one.films.length })} className={classes['table']}>
      {head('camera', 'interval', 'length', 'size', 'hash')}
      <Table.Tbody>
        {one.films.map((film) => (
          <Table.Tr key={film.name}>
            <Table.Td data-label={t('column.camera')} lang="tr">{cameraName({ number: film.camera_number, name: film.camera_name })}</Table.Td>
            <Table.Td data-label={t('column.interval')}>{time(film.from_us)} – {time(film.until_us)}</Table.Td>
            <Table.Td data-label={t('column.length')}>{duration(film.duration_us, language)}</Table.Td>
            <Table.Td data-label={t('column.size')}>{bytes(film.size_bytes, language)}</Table.Td>
            <Table.Td data-label={t('column.hash')}><code>{film.sha256}</code></Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Copies with masks or words on them, never among the films that prove something. */
function Derived({ one }: { one: ExportRow }) {
  const { t, language, head } = useWords();
  return (
    <>
      <Text size="sm" c="dimmed">{t('derived.no_proof')}</Text>
      <Table aria-label={t('derived.films', { count: one.derived.length })} className={classes['table']}>
        {head('camera', 'original', 'drawn', 'size', 'hash')}
        <Table.Tbody>
          {one.derived.map((copy) => (
            <Table.Tr key={copy.original}>
              <Table.Td data-label={t('column.camera')} lang="tr">{cameraName({ number: copy.camera_number, name: copy.camera_name })}</Table.Td>
              <Table.Td data-label={t('column.original')}><code>{copy.original}</code></Table.Td>
              <Table.Td data-label={t('column.drawn')}>
                {t('derived.count', { count: copy.masks })}{copy.has_watermark && ` · ${t('derived.watermark')}`}{copy.undecoded > 0 && ` · ${t('derived.undecoded', { count: copy.undecoded })}`}
              </Table.Td>
              <Table.Td data-label={t('column.size')}>{copy.name ? bytes(copy.size_bytes, language) : t('derived.not_made')}</Table.Td>
              <Table.Td data-label={t('column.hash')}><code>{copy.sha256}</code></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function Missing({ one }: { one: ExportRow }) {
  const { t, language, time, head } = useWords();
  const { causeWord } = useCellWords();
  return (
    <Table aria-label={t('missing', { count: one.missing.length })} className={classes['table']}>
      {head('camera', 'interval', 'length', 'cause')}
      <Table.Tbody>
        {one.missing.map((gap) => (
          <Table.Tr key={`${gap.camera_number}/${gap.from_us}`}>
            <Table.Td data-label={t('column.camera')}>{gap.camera_number}</Table.Td>
            <Table.Td data-label={t('column.interval')}>{time(gap.from_us)} – {time(gap.until_us)}</Table.Td>
            <Table.Td data-label={t('column.length')}>{duration(gap.until_us - gap.from_us, language)}</Table.Td>
            <Table.Td data-label={t('column.cause')}>{causeWord(gap.cause)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
