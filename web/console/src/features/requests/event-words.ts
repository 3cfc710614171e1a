/** What an event says besides who did it when: the words of its detail that a person can read. */
import { type CaseEvent, isLatePapers } from '@/api/footage';
import { bytes } from '@/ui/bytes';
import { duration } from '@/time/timeWords';
import { dayAndTime, lastDayOf } from '@/time/format';

type Say = (key: string, values?: Record<string, unknown>) => string;

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : []);
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const found = (covered_us: unknown, t: Say, language: string): string => (number(covered_us) === 0 ? t('detail.nothing') : duration(number(covered_us), language));

/** Why something was refused: a person's own words, or ours for the code that the clock says. */
export const whyWords = (why: string, t: Say): string => (isLatePapers(why) ? t('late_papers') : why);

export function eventWords({ act, detail }: Pick<CaseEvent, 'act' | 'detail'>, t: Say, language: string): string {
  switch (act) {
    case 'request_registered':
      return t('detail.registered', { cameras: number(detail['cameras']), items: number(detail['items']), locks: number(detail['locks']) });
    case 'locks_placed':
      return [t('detail.locks', { placed: number(detail['placed']), released: number(detail['released']) }), ...list(detail['pending'])].join(' · ');
    case 'request_returned':
      return `${list(detail['missing']).join(', ')} · ${lastDayOf(number(detail['until_us']), language)}`;
    case 'request_refused':
      return t('detail.refused', { why: whyWords(text(detail['why']), t), locks: number(detail['locks_released']) });
    case 'request_searched':
      return t('detail.searched', { state: t(`state.${text(detail['state'])}`), length: found(detail['covered_us'], t, language) });
    case 'letter_registered':
      return dayAndTime(number(detail['served_us']), language);
    case 'ebys_numbered':
    case 'ebys_differs':
      return text(detail['ebys_no']);
    case 'hold_placed':
      return t('detail.hold_placed', { day: lastDayOf(number(detail['ends_us']), language), length: found(detail['covered_us'], t, language) });
    case 'export_ordered':
      return [...list(detail['packages']), bytes(number(detail['size_bytes']), language)].join(' · ');
    case 'export_failed':
      return t('detail.failed', { package: text(detail['package']), why: t(`exports:failure.${text(detail['code'])}`, { defaultValue: t('exports:failure.unknown') }) });
    case 'export_given_up':
      return [text(detail['package']), text(detail['code']) && t(`exports:failure.${text(detail['code'])}`, { defaultValue: t('exports:failure.unknown') }), text(detail['reason'])].filter((part) => part !== '').join(' · ');
    case 'export_part_given':
      return [text(detail['package']), t('exports:of', { done: bytes(number(detail['until_byte']) - number(detail['first_byte']), language), planned: bytes(number(detail['size_bytes']), language) })].join(' · ');
    case 'export_built':
    case 'export_begun':
    case 'export_taken':
      return [text(detail['package']), text(detail['sha256']) && `SHA-256 ${text(detail['sha256'])}`, detail['is_stamped'] === false ? t('detail.not_stamped') : ''].filter((part) => part !== '').join(' · ');
    case 'export_purged':
      return [text(detail['package']), t(`exports:why.${text(detail['why'])}`), detail['late'] === true ? t('detail.late') : ''].filter((part) => part !== '').join(' · ');
    case 'delivery_prepared':
      return t('detail.prepared', { record: text(detail['record']), version: number(detail['version']), medium: t(`deliveries:medium.${text(detail['medium'])}`) });
    case 'delivered':
      return [text(detail['record']), t(`deliveries:medium.${text(detail['medium'])}`), text(detail['institution'])].filter((part) => part !== '').join(' · ');
    default:
      return ['words', 'why', 'name', 'letter', 'decision', 'request', 'answer', 'reason', 'record', 'package'].map((key) => text(detail[key])).filter((word) => word !== '').join(' · ');
  }
}
