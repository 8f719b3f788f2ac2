import { Menu } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { strings } from '../../strings';
import { COLUMNS, type ColumnKey } from './columns';
import { useLibraryStore } from './library-store';
import styles from './LibraryTable.module.css';

const STEP = 16;

interface TableHeadProps {
  readonly columns: readonly ColumnKey[];
  readonly template: string;
  readonly least: number;
}

/** The column names; pressing one sorts by it, pressing it again turns the order round. Each has a menu, and an edge to draw at. */
export function TableHead({ columns, template, least }: TableHeadProps) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={styles.head}
      style={{ gridTemplateColumns: template, minWidth: least }}
    >
      {columns.map((key) => (
        <HeadCell key={key} column={key} />
      ))}
    </div>
  );
}

function HeadCell({ column }: { column: ColumnKey }) {
  const { sort, sortBy, moveColumn, sizeColumn, showColumn } = useLibraryStore();
  const [open, setOpen] = useState(false);
  const { sort: sorts, align } = COLUMNS[column];
  const active = sorts !== null && sort.column === sorts;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  const name = strings.columns[column];

  const widen = (cell: Element | null, by: number): void => {
    if (cell) sizeColumn(column, cell.getBoundingClientRect().width + by);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (
      event.key === 'ContextMenu' ||
      (event.altKey && event.key === 'ArrowDown') ||
      (event.shiftKey && event.key === 'F10')
    )
      setOpen(true);
    else if (step !== 0 && event.altKey) moveColumn(column, step);
    else if (step !== 0 && event.shiftKey) widen(event.currentTarget.closest('[role=columnheader]'), step * STEP);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span
      role="columnheader"
      aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      data-align={align}
      onContextMenu={(event) => {
        event.preventDefault();
        setOpen(true);
      }}
    >
      <Menu opened={open} onChange={setOpen} position="bottom-start" withinPortal>
        <Menu.Target>
          <button
            type="button"
            className={styles.sort}
            aria-disabled={sorts === null || undefined}
            title={strings.table.headHelp}
            // The menu opens by the other button; a plain press sorts.
            onClickCapture={(event) => {
              event.stopPropagation();
              if (sorts !== null) sortBy(sorts);
            }}
            onKeyDown={onKeyDown}
          >
            <span className={styles.headName}>{name}</span>
            {active && <Arrow size={12} aria-hidden="true" />}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => {
              moveColumn(column, -1);
            }}
          >
            {strings.table.moveLeft}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              moveColumn(column, 1);
            }}
          >
            {strings.table.moveRight}
          </Menu.Item>
          <Menu.Item
            closeMenuOnClick={false}
            onClick={() => {
              widen(headOf(column), STEP);
            }}
          >
            {strings.table.wider}
          </Menu.Item>
          <Menu.Item
            closeMenuOnClick={false}
            onClick={() => {
              widen(headOf(column), -STEP);
            }}
          >
            {strings.table.narrower}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              sizeColumn(column, null);
            }}
          >
            {strings.table.usualWidth}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            onClick={() => {
              showColumn(column, false);
            }}
          >
            {strings.table.hide(name)}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Edge column={column} />
    </span>
  );
}

const headOf = (column: ColumnKey): Element | null =>
  document.querySelector(`[data-edge="${column}"]`)?.closest('[role=columnheader]') ?? null;

/** The right edge of a head, to draw the column wider or narrower at; twice pressed it is as wide as usual. By keyboard see `onKeyDown`. */
function Edge({ column }: { column: ColumnKey }) {
  const sizeColumn = useLibraryStore((state) => state.sizeColumn);
  const draw = (event: PointerEvent<HTMLSpanElement>): void => {
    const cell = event.currentTarget.closest('[role=columnheader]');
    if (event.button !== 0 || !cell) return;
    event.preventDefault();
    const edge = event.currentTarget;
    const start = cell.getBoundingClientRect().width - event.clientX;
    edge.setPointerCapture(event.pointerId);
    const onMove = (move: globalThis.PointerEvent): void => {
      sizeColumn(column, start + move.clientX);
    };
    edge.addEventListener('pointermove', onMove);
    edge.addEventListener(
      'lostpointercapture',
      () => {
        edge.removeEventListener('pointermove', onMove);
      },
      { once: true },
    );
  };
  return (
    <span
      data-edge={column}
      aria-hidden="true"
      className={styles.edge}
      onPointerDown={draw}
      onDoubleClick={() => {
        sizeColumn(column, null);
      }}
    />
  );
}
