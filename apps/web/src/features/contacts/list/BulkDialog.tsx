import { Button, Group, Modal, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import type { Json } from '@perennial/conditions';
import type { BulkAction } from '@perennial/contracts';
import { useState, type FormEvent } from 'react';
import { useText } from '../../../app/text.tsx';
import type { Subject } from './subjects.ts';
import type { WorkspaceNames } from './use-workspace-names.ts';
import classes from './ContactList.module.css';

export type DialogKind = Exclude<BulkAction['kind'], 'delete' | 'restore'>;

interface BulkDialogProps {
  kind: DialogKind | 'delete';
  count: number;
  exact: boolean;
  words: WorkspaceNames;
  busy: boolean;
  onAct: (action: BulkAction) => void;
  onClose: () => void;
}

/** Asks what exactly shall be done with how many contacts. */
export function BulkDialog({ kind, count, exact, words, busy, onAct, onClose }: BulkDialogProps) {
  const t = useText();
  const [target, setTarget] = useState<string | null>(kind === 'unsubscribe' ? 'email' : null);
  const [value, setValue] = useState<Json>(null);
  const subject = words.subjects.find(({ key }) => key === `field:${target}`);
  const action = actionOf(kind, target, value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (action) onAct(action);
  };
  const values = { count, exact: exact ? 'yes' : 'no' };
  return (
    <Modal opened onClose={onClose} title={t(`contacts.bulk.${kind}`)} size={440}>
      <form className={classes.dialog} onSubmit={submit}>
        {kind === 'delete' ? (
          <p className={classes.hint}>{t('contacts.bulk.deleteHint', values)}</p>
        ) : (
          <Select
            data-autofocus
            searchable
            label={t(`contacts.bulk.target.${targetOf(kind)}`)}
            nothingFoundMessage={t('contacts.filter.nothing')}
            data={optionsOf(kind, words, t('ui.channel.email'), t('ui.channel.sms'))}
            value={target}
            onChange={(next) => {
              setTarget(next);
              setValue(null);
            }}
          />
        )}
        {kind === 'set_field' && subject ? (
          <FieldValue subject={subject} value={value} onChange={setValue} />
        ) : null}
        {kind === 'unsubscribe' ? (
          <p className={classes.hint}>{t('contacts.bulk.unsubscribeHint')}</p>
        ) : null}
        {kind in UNDO_HINT ? (
          <p className={classes.hint}>{t(UNDO_HINT[kind as keyof typeof UNDO_HINT])}</p>
        ) : null}
        {kind === 'add_category' ? (
          <p className={classes.hint}>{t('contacts.bulk.categoryHint')}</p>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={!action}
            loading={busy}
            {...(kind === 'delete' && { color: 'red' })}
          >
            {t(`contacts.bulk.go.${kind}`, values)}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** How it is taken back; the others say it with what they do. */
const UNDO_HINT = {
  add_to_list: 'contacts.bulk.listHint',
  remove_from_list: 'contacts.bulk.listHint',
  set_field: 'contacts.bulk.undoHint',
  add_category: 'contacts.bulk.undoHint',
  remove_category: 'contacts.bulk.undoHint',
} as const;

function targetOf(kind: DialogKind): 'list' | 'field' | 'category' | 'channel' {
  if (kind === 'set_field') return 'field';
  if (kind === 'unsubscribe') return 'channel';
  return kind.endsWith('category') ? 'category' : 'list';
}

const IDENTIFYING = ['field:email', 'field:phone', 'field:external_id', 'field:contact_key'];
const MADE = [
  'field:source',
  'field:device_platform',
  'field:created_at',
  'field:updated_at',
  'field:last_seen_at',
];

function optionsOf(kind: DialogKind, words: WorkspaceNames, email: string, sms: string) {
  const target = targetOf(kind);
  if (target === 'list') {
    return words.segments
      .filter((segment) => segment.kind === 'list')
      .map(({ id, name }) => ({ value: id, label: name }));
  }
  if (target === 'category') {
    return words.categories.map(({ key, name }) => ({ value: key, label: name }));
  }
  if (target === 'channel') {
    return [
      { value: 'email', label: email },
      { value: 'sms', label: sms },
    ];
  }
  return words.subjects
    .filter(({ key }) => key.startsWith('field:'))
    .filter(({ key }) => !IDENTIFYING.includes(key) && !MADE.includes(key))
    .map(({ key, label }) => ({ value: key.slice('field:'.length), label }));
}

function actionOf(
  kind: BulkDialogProps['kind'],
  target: string | null,
  value: Json,
): BulkAction | undefined {
  if (kind === 'delete') return { kind };
  if (target === null) return undefined;
  if (kind === 'set_field') return { kind, field: target, value: value as never };
  if (kind === 'unsubscribe') return { kind, channel: target as 'email' | 'sms' };
  if (kind === 'add_category' || kind === 'remove_category') return { kind, category: target };
  return { kind, list: target };
}

interface FieldValueProps {
  subject: Subject;
  value: Json;
  onChange: (value: Json) => void;
}

/** Empty empties the field. */
function FieldValue({ subject, value, onChange }: FieldValueProps) {
  const t = useText();
  const label = t('contacts.bulk.value');
  const description = value === null ? t('contacts.bulk.emptied') : undefined;
  const { type, choices } = subject;
  if (type === 'boolean') {
    return (
      <Select
        label={label}
        description={description}
        data={[
          { value: 'true', label: t('ui.yes') },
          { value: 'false', label: t('ui.no') },
        ]}
        clearable
        value={typeof value === 'boolean' ? String(value) : null}
        onChange={(next) => onChange(next === null ? null : next === 'true')}
      />
    );
  }
  if (type === 'list') {
    return (
      <MultiSelect
        label={label}
        description={description}
        searchable
        data={[...(choices ?? [])]}
        value={(value as string[] | null) ?? []}
        onChange={(next) => onChange(next.length > 0 ? next : null)}
      />
    );
  }
  if (choices) {
    return (
      <Select
        label={label}
        description={description}
        searchable
        clearable
        data={[...choices]}
        value={value as string | null}
        onChange={onChange}
      />
    );
  }
  if (type === 'number') {
    return (
      <NumberInput
        label={label}
        description={description}
        value={(value as number | null) ?? ''}
        onChange={(next) => onChange(typeof next === 'number' ? next : null)}
      />
    );
  }
  return (
    <TextInput
      label={label}
      description={description}
      type={type === 'moment' ? 'date' : 'text'}
      dir="auto"
      value={(value as string | null) ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  );
}
