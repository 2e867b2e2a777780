import {
  ActionIcon,
  Button,
  Checkbox,
  Popover,
  SegmentedControl,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState } from 'react';
import { useUiText } from '../use-ui-text.ts';
import type { TableView } from './use-table-view.ts';
import classes from './TableViewMenu.module.css';

/** Chooses columns and row height of a table. */
export function TableViewMenu<Row>({ view }: { view: TableView<Row> }) {
  const text = useUiText();
  return (
    <Popover position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        <Tooltip label={text('ui.table.view')}>
          <ActionIcon variant="default" size={32} aria-label={text('ui.table.view')}>
            <IconAdjustmentsHorizontal size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="md" w={240}>
        <h3 className={classes.title}>{text('ui.table.density')}</h3>
        <SegmentedControl
          fullWidth
          value={view.density}
          onChange={(value) => view.setDensity(value)}
          data={[
            { value: 'comfortable', label: text('ui.table.comfortable') },
            { value: 'compact', label: text('ui.table.compact') },
          ]}
        />
        <Columns view={view} />
        <Button variant="subtle" size="compact-xs" color="gray" mt="sm" onClick={view.reset}>
          {text('ui.table.reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

/** More columns than this are found by typing a part of their name. */
const MANY = 15;

function Columns<Row>({ view }: { view: TableView<Row> }) {
  const text = useUiText();
  const [sought, setSought] = useState('');
  const shown = new Set(view.shown.map((column) => column.id));
  const offered = view.all.filter((column) => !column.fixed && column.header);
  const found = offered.filter(({ header }) => header.toLowerCase().includes(sought.toLowerCase()));
  return (
    <>
      <h3 className={classes.title}>{text('ui.table.columns')}</h3>
      {offered.length > MANY ? (
        <TextInput
          size="xs"
          mb="xs"
          aria-label={text('ui.table.findColumn')}
          placeholder={text('ui.table.findColumn')}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
      ) : null}
      <div className={classes.columns}>
        {found.map((column) => (
          <Checkbox
            key={column.id}
            label={column.header}
            checked={shown.has(column.id)}
            onChange={() => view.toggle(column.id)}
          />
        ))}
        {found.length === 0 ? text('ui.filter.none') : null}
      </div>
    </>
  );
}
