/** What stands in the form of a training in a room, and what is sent of it. */
import type { Topic } from '@/api/training';
import type { SessionBody, Trainee, TrainingSession } from '@/api/training-sessions';
import { clockTime } from '@/time/format';
import { localDay, microseconds } from '@/time/local-time';

/** `begins`, `ends`: local times, `2026-11-28T09:30`. `trainer` null: `trainer_name` is somebody from outside. */
export type Draft = {
  begins: string;
  ends: string;
  place: string;
  trainer: Trainee | null;
  trainer_name: string;
  topics: Topic[];
  version_id: string | null;
  note: string;
  attendees: Trainee[];
};
export type Field = 'ends_us' | 'place' | 'trainer_id' | 'topics' | 'version_id' | 'note' | 'attendees';

/** Which field a refusal belongs to. */
export const PLACES: Readonly<Record<string, Field>> = {
  training_ends_before_it_begins: 'ends_us', training_too_long: 'ends_us', training_place_missing: 'place', training_trainer_missing: 'trainer_id',
  training_topics_missing: 'topics', training_unpublished: 'version_id', training_note_invalid: 'note', training_attendees_missing: 'attendees',
  training_attendee_twice: 'attendees', training_attendees_many: 'attendees', person_left: 'attendees', person_not_found: 'attendees',
}; // prettier-ignore

export const emptyDraft = (topics: readonly Topic[]): Draft => ({
  begins: '', ends: '', place: '', trainer: null, trainer_name: '', topics: [...topics], version_id: null, note: '', attendees: [],
}); // prettier-ignore

const moment = (at_us: number, zone: string): string => `${localDay(at_us, zone)}T${clockTime(at_us, 'en').slice(0, 5)}`;

export const draftOf = (one: TrainingSession, zone: string): Draft => ({
  begins: moment(one.begins_us, zone),
  ends: moment(one.ends_us, zone),
  place: one.place,
  trainer: one.trainer_id === null ? null : { id: one.trainer_id, full_name: one.trainer_name, registry_no: '', unit_name: '' },
  trainer_name: one.trainer_id === null ? one.trainer_name : '',
  topics: one.topics,
  version_id: one.version_id,
  note: one.note,
  attendees: one.attendees,
});

/** What is sent; null while something is missing. */
export function bodyOf(draft: Draft, zone: string): SessionBody | null {
  const [begins_us, ends_us] = [microseconds(draft.begins, zone), microseconds(draft.ends, zone)];
  const hasTrainer = draft.trainer !== null || draft.trainer_name.trim() !== '';
  if (begins_us === null || ends_us === null || draft.place.trim() === '' || !hasTrainer) return null;
  if (draft.topics.length === 0 || draft.attendees.length === 0) return null;
  return {
    begins_us, ends_us, place: draft.place, topics: draft.topics, trainer_id: draft.trainer?.id ?? null,
    trainer_name: draft.trainer ? '' : draft.trainer_name, version_id: draft.version_id, note: draft.note,
    attendees: draft.attendees.map((one) => one.id),
  }; // prettier-ignore
}

/** By name as a list is read in Turkish, each person once. */
export const withAttendee = (attendees: readonly Trainee[], one: Trainee): Trainee[] =>
  attendees.some(({ id }) => id === one.id) ? [...attendees] : [...attendees, one].sort((a, b) => a.full_name.localeCompare(b.full_name, 'tr'));

export const isTyped = (draft: Draft, before: Draft): boolean => JSON.stringify(draft) !== JSON.stringify(before);
