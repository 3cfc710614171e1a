import { describe, expect, it } from 'vitest';
import type { Unit, UnitKind } from '@/api/types';
import { found, idsBelow, labelOf, parentsFor, pathOf, treeOf } from './tree';

const unit = (id: string, parent_id: string | null, name: string, kind: UnitKind, is_closed = false): Unit => ({
  id, parent_id, name, kind, is_closed, supervisor: null, staff_count: 0,
});
const UNITS = [
  unit('m', null, 'Belediye', 'municipality'),
  unit('d', 'm', 'Ulaşım Dairesi', 'department'),
  unit('b', 'd', 'Işıklandırma Şubesi', 'branch'),
  unit('u', 'b', 'Görüntü Birimi', 'unit'),
  unit('x', 'd', 'Eski Şube', 'branch', true),
];

describe('the organisation', () => {
  it('is a tree', () => {
    const [root] = treeOf(UNITS);
    expect(root?.unit.id).toBe('m');
    expect(root?.below[0]?.below.map((one) => one.unit.id)).toEqual(['b', 'x']);
  });
  it('shows a unit whose parent is not listed all the same', () => {
    expect(treeOf(UNITS.slice(1)).map((one) => one.unit.id)).toEqual(['d']);
  });
  it('keeps the way to what a search found, however it was typed', () => {
    expect(found(UNITS, 'ISIK', false).map((one) => one.id)).toEqual(['m', 'd', 'b']);
    expect(found(UNITS, 'yok', false)).toEqual([]);
    expect(found(UNITS, 'eski', false)).toEqual([]);
    expect(found(UNITS, 'eski', true).map((one) => one.id)).toEqual(['m', 'd', 'x']);
  });
  it('names a unit by its path, the municipality left out', () => {
    expect(pathOf(UNITS, 'u')).toBe('Ulaşım Dairesi › Işıklandırma Şubesi › Görüntü Birimi');
    expect(pathOf(UNITS, 'm')).toBe('Belediye');
    expect(labelOf(UNITS, 'b')).toBe('Işıklandırma Şubesi (Ulaşım Dairesi)');
    expect(labelOf(UNITS, 'd')).toBe('Ulaşım Dairesi');
  });
  it('offers no unit a place under itself, or under a lower one', () => {
    expect(idsBelow(UNITS, 'd')).toEqual(new Set(['d', 'b', 'x', 'u']));
    expect(parentsFor(UNITS, 'branch').map((one) => one.id)).toEqual(['m', 'd']);
    expect(parentsFor(UNITS, 'unit').map((one) => one.id)).toEqual(['m', 'd', 'b', 'u']);
    expect(parentsFor(UNITS, 'municipality')).toEqual([]);
  });
});
