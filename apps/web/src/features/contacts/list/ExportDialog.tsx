import { Alert, Button, Checkbox, Group, Modal, SegmentedControl } from '@mantine/core';
import { EXPORT_COLUMNS, type ContactSelection, type Export } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { problemWords } from '../../../app/problem-words.ts';
import type { TextId } from '../../../app/catalogue.ts';
import { useText, type Say } from '../../../app/text.tsx';
import { useTray } from '../../jobs/tray.ts';
import type { WorkspaceNames } from './use-workspace-names.ts';
import classes from './ContactList.module.css';

interface ExportDialogProps {
  selection: ContactSelection;
  /** Not known while it is counted. */
  count: number | undefined;
  exact: boolean;
  words: WorkspaceNames;
  onClose: () => void;
  onBegun?: () => void;
}

interface ExportColumn {
  column: string;
  label: string;
}

const USUAL = ['external_id', 'email', 'email_status', 'phone', 'first_name', 'last_name'];

/** Asks for the columns of a file. */
export function ExportDialog({
  selection,
  count,
  exact,
  words,
  onClose,
  onBegun,
}: ExportDialogProps) {
  const t = useText();
  const tray = useTray();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(USUAL));
  const [separator, setSeparator] = useState<',' | ';'>(',');
  const custom = words.subjects.filter(({ key }) => key.startsWith('field:custom.'));
  const groups: [TextId, ExportColumn[]][] = [
    [
      'contacts.export.group.contact',
      EXPORT_COLUMNS.map((column) => ({ column, label: labelOf(column, words, t) })),
    ],
    [
      'contacts.filter.group.custom',
      custom.map(({ key, label }) => ({ column: key.slice('field:'.length), label })),
    ],
  ];
  const columns = groups.flatMap(([, some]) => some);
  const begin = useChange(
    (api) =>
      api.post<Export>('/exports', {
        selection,
        separator,
        columns: columns.map(({ column }) => column).filter((column) => chosen.has(column)),
      }),
    ['/jobs'],
  );
  const toggle = (column: string) => {
    const next = new Set(chosen);
    if (!next.delete(column)) next.add(column);
    setChosen(next);
  };
  const areAll = chosen.size === columns.length;
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        count === undefined
          ? t('contacts.export.titleAll')
          : t('contacts.export.title', { count, exact: exact ? 'yes' : 'no' })
      }
      size={520}
    >
      <div className={classes.dialog}>
        <Group justify="space-between">
          <p className={classes.hint}>{t('contacts.export.columns', { count: chosen.size })}</p>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => setChosen(new Set(areAll ? USUAL : columns.map(({ column }) => column)))}
          >
            {areAll ? t('contacts.export.usual') : t('contacts.export.all')}
          </Button>
        </Group>
        <div className={classes.columnGroups}>
          {groups
            .filter(([, some]) => some.length > 0)
            .map(([title, some]) => (
              <fieldset key={title} className={classes.columns}>
                <legend className={classes.legend}>{t(title)}</legend>
                {some.map(({ column, label }) => (
                  <Checkbox
                    key={column}
                    size="xs"
                    label={label}
                    checked={chosen.has(column)}
                    onChange={() => toggle(column)}
                  />
                ))}
              </fieldset>
            ))}
        </div>
        <SegmentedControl
          size="xs"
          aria-label={t('contacts.export.separator')}
          value={separator}
          onChange={(value) => setSeparator(value)}
          data={[
            { value: ',', label: t('contacts.export.comma') },
            { value: ';', label: t('contacts.export.semicolon') },
          ]}
        />
        <p className={classes.hint}>{t('contacts.export.hint')}</p>
        {begin.error ? (
          <Alert color="red" variant="light">
            {problemWords(begin.error, t).detail}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            disabled={chosen.size === 0}
            loading={begin.isPending}
            onClick={() =>
              begin.mutate(undefined, {
                onSuccess: ({ id }) => {
                  tray.follow(id);
                  onBegun?.();
                  onClose();
                },
              })
            }
          >
            {t('contacts.export.go')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}

/** Columns that are no fields. */
const OTHERS: Partial<Record<string, TextId>> = {
  id: 'contacts.column.id',
  email_status: 'contacts.filter.email',
  phone_status: 'contacts.filter.sms',
  categories: 'contacts.export.categories',
};

function labelOf(column: string, words: WorkspaceNames, t: Say): string {
  const other = OTHERS[column];
  if (other) return t(other);
  return words.subjects.find(({ key }) => key === `field:${column}`)?.label ?? column;
}
