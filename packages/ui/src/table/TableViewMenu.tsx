import { ActionIcon, Button, Checkbox, Popover, SegmentedControl, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useUiText } from '../use-ui-text.ts';
import type { TableView } from './use-table-view.ts';
import classes from './TableViewMenu.module.css';

/** Chooses columns and row height of a table. */
export function TableViewMenu<Row>({ view }: { view: TableView<Row> }) {
  const text = useUiText();
  const shown = new Set(view.shown.map((column) => column.id));
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
        <h3 className={classes.title}>{text('ui.table.columns')}</h3>
        <div className={classes.columns}>
          {view.all
            .filter((column) => !column.fixed && column.header)
            .map((column) => (
              <Checkbox
                key={column.id}
                label={column.header}
                checked={shown.has(column.id)}
                onChange={() => view.toggle(column.id)}
              />
            ))}
        </div>
        <Button variant="subtle" size="compact-xs" color="gray" mt="sm" onClick={view.reset}>
          {text('ui.table.reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
