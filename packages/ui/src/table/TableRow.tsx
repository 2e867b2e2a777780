import { Checkbox } from '@mantine/core';
import { useUiText } from '../use-ui-text.ts';
import type { Column } from './columns.ts';
import { isFreeSpace } from './is-free-space.ts';
import classes from './DataTable.module.css';

interface TableRowProps<Row> {
  row: Row;
  columns: readonly Column<Row>[];
  phone: boolean;
  index: number;
  start: number;
  height: number;
  active: boolean;
  openable: boolean;
  tabIndex: number;
  onFocus: () => void;
  onOpen: () => void;
  selected: boolean | undefined;
  onSelect: (() => void) | undefined;
}

export function TableRow<Row>(props: TableRowProps<Row>) {
  const text = useUiText();
  const { row, columns, onSelect } = props;
  return (
    <div
      className={classes.row}
      role="row"
      data-row={props.index}
      data-active={props.active || undefined}
      data-selected={props.selected || undefined}
      data-openable={props.openable || undefined}
      aria-rowindex={props.index + 2}
      aria-selected={props.active || props.selected}
      tabIndex={props.tabIndex}
      style={{ transform: `translateY(${props.start}px)`, blockSize: props.height }}
      onFocus={props.onFocus}
      onClick={(event) => {
        if (isFreeSpace(event)) props.onOpen();
      }}
    >
      {onSelect ? (
        <div className={classes.cell} role="gridcell">
          <Checkbox
            aria-label={text('ui.table.selectRow')}
            checked={Boolean(props.selected)}
            onChange={onSelect}
          />
        </div>
      ) : null}
      {props.phone ? (
        <PhoneCells row={row} columns={columns} />
      ) : (
        columns.map((column) => (
          <div key={column.id} className={classes.cell} role="gridcell" data-align={column.align}>
            {column.cell(row)}
          </div>
        ))
      )}
    </div>
  );
}

function PhoneCells<Row>({ row, columns }: Pick<TableRowProps<Row>, 'row' | 'columns'>) {
  const at = (place: Column<Row>['phone']) => columns.filter((column) => column.phone === place);
  const cells = (place: Column<Row>['phone']) =>
    at(place).map(({ id, cell, phoneCell = cell }) => <span key={id}>{phoneCell(row)}</span>);
  return (
    <div className={classes.card} role="gridcell">
      <div className={classes.cardTitle}>{cells('title')}</div>
      <div className={classes.cardEnd}>{cells('end')}</div>
      <div className={classes.cardMeta}>{cells('meta')}</div>
      <div className={classes.cardAction}>{cells('action')}</div>
    </div>
  );
}
