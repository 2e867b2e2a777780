import { Anchor, Button, Menu } from '@mantine/core';
import type { BulkAction, Job } from '@perennial/contracts';
import { BulkBar } from '@perennial/ui';
import {
  IconChevronDown,
  IconDownload,
  IconListCheck,
  IconRestore,
  IconTrash,
} from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { useRight } from '../../../app/session.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useText } from '../../../app/text.tsx';
import { useTray } from '../../jobs/tray.ts';
import { BulkDialog, type DialogKind } from './BulkDialog.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import type { WorkspaceNames } from './use-workspace-names.ts';
import type { Selected } from './use-selected.ts';

interface SelectionBarProps {
  selected: Selected;
  words: WorkspaceNames;
  deleted: boolean;
  loaded: number;
  total: number | null | undefined;
  exact: boolean;
}

const DIALOGS: DialogKind[] = [
  'add_to_list',
  'remove_from_list',
  'set_field',
  'add_category',
  'remove_category',
  'unsubscribe',
];

/** What can be done with the contacts that were picked. */
export function SelectionBar(props: SelectionBarProps) {
  const { selected, words, deleted, loaded, total, exact } = props;
  const t = useText();
  const mayWrite = useRight('contacts.write');
  const mayExport = useRight('contacts.export');
  const mayList = useRight('segments.write');
  const showProblem = useShowProblem();
  const tray = useTray();
  const [dialog, setDialog] = useState<DialogKind | 'delete' | 'export'>();
  const bar = useRef<HTMLDivElement>(null);
  const { keys } = selected.selection;
  const count = selected.all ? (total ?? keys.size) : keys.size;
  const begin = useChange(
    (api, action: BulkAction) =>
      api.post<Job>('/contacts/bulk', { selection: selected.chosen(), action }),
    ['/jobs'],
  );
  const act = (action: BulkAction) =>
    begin.mutate(action, {
      onError: showProblem,
      onSuccess: (job) => {
        setDialog(undefined);
        selected.clear();
        tray.follow(job.id);
      },
    });
  const canWiden = !selected.all && keys.size >= loaded && total != null && total > keys.size;
  const offered = DIALOGS.filter((kind) => mayList || !kind.includes('list'));
  return (
    <>
      <BulkBar
        ref={bar}
        selection={selected.selection}
        count={count}
        more={
          canWiden ? (
            <Anchor
              component="button"
              size="sm"
              onClick={() => {
                selected.selectAll();
                // This link goes away.
                bar.current?.focus();
              }}
            >
              {t('contacts.bulk.all', { count: total, exact: exact ? 'yes' : 'no' })}
            </Anchor>
          ) : null
        }
      >
        {mayWrite && !deleted ? (
          <Menu position="top" withinPortal>
            <Menu.Target>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconListCheck size={14} />}
                rightSection={<IconChevronDown size={14} />}
              >
                {t('contacts.bulk.change')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {offered.map((kind) => (
                <Menu.Item key={kind} onClick={() => setDialog(kind)}>
                  {t(`contacts.bulk.${kind}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : null}
        {mayExport ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
            onClick={() => setDialog('export')}
          >
            {t('contacts.bulk.export')}
          </Button>
        ) : null}
        {mayWrite && deleted ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRestore size={14} />}
            loading={begin.isPending}
            onClick={() => act({ kind: 'restore' })}
          >
            {t('contacts.bulk.restore')}
          </Button>
        ) : null}
        {mayWrite && !deleted ? (
          <Button
            size="xs"
            variant="default"
            color="red"
            leftSection={<IconTrash size={14} />}
            loading={begin.isPending}
            // A few are deleted at once, and taken back as easily.
            onClick={() => (selected.all ? setDialog('delete') : act({ kind: 'delete' }))}
          >
            {t('contacts.bulk.delete')}
          </Button>
        ) : null}
      </BulkBar>
      {dialog === 'export' ? (
        <ExportDialog
          selection={selected.chosen()}
          count={count}
          exact={exact || !selected.all}
          words={words}
          onClose={() => setDialog(undefined)}
          onBegun={selected.clear}
        />
      ) : null}
      {dialog && dialog !== 'export' ? (
        <BulkDialog
          kind={dialog}
          count={count}
          exact={exact || !selected.all}
          words={words}
          busy={begin.isPending}
          onAct={act}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
    </>
  );
}
