/** One value out of an entry's details: times as times, cameras and people by their names, the rest as it is. */
import { useTranslation } from 'react-i18next';
import type { AuditNames } from '@/api/audit';
import { isLatePapers } from '@/api/footage';
import { dayAndTime } from '@/time/format';
import { useAuditWords } from './words';

type Props = { name: string; value: unknown; names: AuditNames };

export function DetailValue({ name, value, names }: Props) {
  const { t, i18n } = useTranslation('audit');
  const words = useAuditWords();
  if (value === null || value === '') return '—';
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return name.endsWith('_us') ? dayAndTime(value, i18n.language) : String(value);
  if (typeof value === 'string') {
    if (name === 'why') return words.why(isLatePapers(value) ? 'papers_did_not_come' : value);
    return <span lang="tr">{called(value, names)}</span>;
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? '—' : value.map((one, index) => <div key={index}><DetailValue name={name} value={one as unknown} names={names} /></div>);
  }
  return Object.entries(value as Record<string, unknown>)
    .filter(([, one]) => one !== null && one !== '' && one !== false && !(Array.isArray(one) && one.length === 0))
    .map(([key, one]) => (
      <div key={key}>
        {words.detail(key)}: <DetailValue name={key} value={one} names={names} />
      </div>
    ));
}

/** What an id belongs to, where it is known; ids in the log are spelt with or without hyphens. */
function called(text: string, names: AuditNames): string {
  const bare = text.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/.test(bare)) return text;
  const is = (id: string) => id.replaceAll('-', '') === bare;
  const camera = names.cameras.find((one) => is(one.id));
  if (camera) return `${camera.number} · ${camera.name}`;
  return names.people.find((one) => is(one.id))?.display_name ?? text;
}
