/** What exists of what is asked for: cameras by days or hours, worked by arrow keys; Enter lists a cell's gaps with their causes. */
import i18next from 'i18next';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { GapList } from './GapList';
import { amountOf, type Cell, type Column, isByHour, type Item, matrixOf, moved, MOVED, percentOf, type Place, placesOf, type Row, SHAPES, thenCalled } from './matrix';
import { useCellWords } from './useCellWords';
import classes from './matrix.module.css';

void i18next.loadNamespaces(['availability', 'playback']); // with the page that has such a matrix, not when it is shown

/** `cameras`: what people call them, by id. `label`: what the grid is called. */
type Props = { items: readonly Item[]; cameras: ReadonlyMap<string, string>; label: string };

export function AvailabilityMatrix({ items, cameras, label }: Props) {
  const { t } = useTranslation('availability');
  const { columnWords } = useCellWords();
  const { columns, rows } = useMemo(() => matrixOf(items), [items]);
  const [wanted, setAt] = useState<Place>({ row: 0, column: 0 });
  const at = { row: Math.min(wanted.row, rows.length - 1), column: Math.min(wanted.column, columns.length - 1) };
  const [opened, setOpened] = useState<Place | null>(null);
  const grid = useRef<HTMLTableElement>(null);
  const hint = useId();
  const byHour = isByHour(columns);
  const nodeAt = ({ row, column }: Place) => grid.current?.querySelector<HTMLElement>(`[data-place="${row}/${column}"]`);
  const go = (place: Place) => {
    setAt(place);
    nodeAt(place)?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      setOpened(at);
      return;
    }
    const next = moved(at, event.key, event.ctrlKey, rows.length, columns.length);
    if (!next) return;
    event.preventDefault();
    go(next);
  };
  const openedRow = opened ? rows[opened.row] : undefined;
  const openedCell = opened ? openedRow?.cells[opened.column] : undefined;

  return (
    <div>
      <p id={hint} className={classes['hint']}>{t('hint')}</p>
      <div className={classes['frame']}>
        <table ref={grid} role="grid" aria-label={label} aria-describedby={hint} className={classes['grid']} aria-rowcount={rows.length + 1} aria-colcount={columns.length + 1}>
          <thead>
            <tr role="row">
              <th role="columnheader" scope="col" className={classes['camera']}>{t('camera')}</th>
              {columns.map((column) => <th key={`${column.start_us}/${column.end_us}`} role="columnheader" scope="col">{columnWords(column, byHour)}</th>)}
            </tr>
          </thead>
          <tbody onKeyDown={pressed}>
            {rows.map((row, index) => (
              <MatrixRow key={row.camera_id} row={row} index={index} columns={columns} name={cameras.get(row.camera_id) ?? row.camera_id} at={at.row === index ? at.column : null}
                onOpen={(place) => { setAt(place); setOpened(place); }} />
            ))}
          </tbody>
        </table>
      </div>
      <Legend />
      {opened && openedRow && openedCell && (
        <GapList cell={openedCell} row={openedRow} name={cameras.get(openedRow.camera_id) ?? ''} onClose={() => { setOpened(null); nodeAt(opened)?.focus(); }} />
      )}
    </div>
  );
}

type RowProps = { row: Row; index: number; columns: readonly Column[]; name: string; at: number | null; onOpen: (place: Place) => void };

function MatrixRow({ row, index, columns, name, at, onOpen }: RowProps) {
  const { cellWords } = useCellWords();
  return (
    <tr role="row">
      <th role="rowheader" scope="row" className={classes['camera']}>
        <span lang="tr">{name}</span>
        <PlaceThen row={row} name={name} />
      </th>
      {row.cells.map((cell, column) => (
        <td key={columns[column]?.start_us} role="gridcell" data-place={`${index}/${column}`} tabIndex={at === column ? 0 : -1}
          className={classes['cell']} data-amount={cell ? amountOf(cell, row.isLiveOnly) : 'absent'} data-outside={cell?.is_outside || undefined}
          onClick={() => onOpen({ row: index, column })}>
          {cell && <CellFace cell={cell} isLiveOnly={row.isLiveOnly} />}
          <span className="nz-hidden">{cellWords(name, row, columns[column], cell)}</span>
        </td>
      ))}
    </tr>
  );
}

/** The shape with the number: colour says it only once more. */
function CellFace({ cell, isLiveOnly }: { cell: Cell; isLiveOnly: boolean }) {
  const amount = amountOf(cell, isLiveOnly);
  return (
    <span aria-hidden="true">
      <i>{SHAPES[amount]}</i> {amount === 'live' ? '' : percentOf(cell)}
      {cell.is_moved && <b className={classes['moved']}>{MOVED}</b>}
    </span>
  );
}

/** Where it stood in what is asked for, which need not be where it stands. */
function PlaceThen({ row, name }: { row: Row; name: string }) {
  const { t } = useTranslation('availability');
  const [places, called] = [placesOf(row.placements), thenCalled(row.placements, name)];
  const isMoved = row.cells.some((cell) => cell?.is_moved);
  return (
    <>
      {isMoved && <small className={classes['movedWord']}><span aria-hidden="true">{MOVED}</span> {t('moved')}</small>}
      {places && <small lang="tr">{places}</small>}
      {called && <small>{t('then_called')} <span lang="tr">{called}</span></small>}
    </>
  );
}

function Legend() {
  const { t } = useTranslation('availability');
  return (
    <ul className={classes['legend']} aria-label={t('legend')}>
      {(['full', 'partial', 'none', 'live', 'writing'] as const).map((amount) => (
        <li key={amount} data-amount={amount}><i aria-hidden="true">{SHAPES[amount]}</i> {t(`amount.${amount}`)}</li>
      ))}
      <li><b className={classes['moved']} aria-hidden="true">{MOVED}</b> {t('moved')}</li>
      <li><span className={classes['swatch']} data-outside="true" aria-hidden="true" /> {t('outside')}</li>
    </ul>
  );
}
