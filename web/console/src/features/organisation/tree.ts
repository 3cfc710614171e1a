/** The organisation as a tree, and as paths to choose from. */
import type { Unit, UnitKind } from '@/api/types';
import { matches } from '@/state/fold';

export type Branch = { unit: Unit; below: Branch[] };

export const KINDS: readonly UnitKind[] = [
  'municipality', 'presidency', 'general_secretariat', 'deputy_general_secretariat', 'department', 'branch',
  'chieftaincy', 'unit',
];

/** The units under `parent`, in the order they came in; a unit that stands under none that is listed is a root. */
export function treeOf(units: readonly Unit[]): Branch[] {
  const known = new Set(units.map((unit) => unit.id));
  const below = new Map<string | null, Unit[]>();
  for (const unit of units) {
    const parent = unit.parent_id !== null && known.has(unit.parent_id) ? unit.parent_id : null;
    below.set(parent, [...(below.get(parent) ?? []), unit]);
  }
  const grow = (parent: string | null): Branch[] =>
    (below.get(parent) ?? []).map((unit) => ({ unit, below: grow(unit.id) }));
  return grow(null);
}

/** The units that `query` finds, with all above them: a hit keeps its place in the tree. */
export function found(units: readonly Unit[], query: string, withClosed: boolean): Unit[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const kept = new Set<string>();
  for (const unit of units) {
    if (!withClosed && unit.is_closed) continue;
    if (!matches(query, [unit.name, unit.supervisor?.full_name ?? ''])) continue;
    for (let one: Unit | undefined = unit; one && !kept.has(one.id); one = one.parent_id === null ? undefined : byId.get(one.parent_id)) {
      kept.add(one.id);
    }
  }
  return units.filter((unit) => kept.has(unit.id));
}

/** `Ulaşım Dairesi › Şube`; the municipality is named by itself only. */
export function pathOf(units: readonly Unit[], id: string): string {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const names: string[] = [];
  let unit = byId.get(id);
  const own = unit?.name ?? '';
  while (unit && unit.parent_id !== null) {
    names.unshift(unit.name);
    unit = byId.get(unit.parent_id);
  }
  return names.join(' › ') || own;
}

/** The same with the unit's own name first, which a narrow field shows: `Şube (Ulaşım Dairesi)`. */
export function labelOf(units: readonly Unit[], id: string): string {
  const names = pathOf(units, id).split(' › ');
  const own = names.pop() ?? '';
  return names.length > 0 ? `${own} (${names.join(' › ')})` : own;
}

/** `id` with all below it: where a unit cannot be moved to. */
export function idsBelow(units: readonly Unit[], id: string): Set<string> {
  const ids = new Set([id]);
  for (let size = 0; size !== ids.size; ) {
    size = ids.size;
    for (const unit of units) if (unit.parent_id !== null && ids.has(unit.parent_id)) ids.add(unit.id);
  }
  return ids;
}

/** The units a unit of `kind` may stand under: those of a higher kind, a `unit` also under another. */
export const parentsFor = (units: readonly Unit[], kind: UnitKind): Unit[] =>
  units.filter((one) => !one.is_closed && (KINDS.indexOf(one.kind) < KINDS.indexOf(kind) || (kind === 'unit' && one.kind === 'unit')));
