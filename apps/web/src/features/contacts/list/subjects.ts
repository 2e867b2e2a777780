import type { Field } from '@perennial/contracts';
import type { Say } from '../../../app/text.tsx';

export type SubjectType = 'text' | 'number' | 'boolean' | 'moment' | 'list';

/** A value and what people call it. */
export interface Choice {
  value: string;
  label: string;
}

/** What a condition can be about. */
export interface Subject {
  /** `field:city`, `segment`, `category`, `channel:email`. */
  key: string;
  label: string;
  group: string;
  type: SubjectType | 'segment' | 'category' | 'channel';
  /** Of a field, when only these values are meant. */
  choices?: readonly Choice[];
}

const TYPES: Record<string, SubjectType> = {
  integer: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'moment',
  date_time: 'moment',
  multiple_choice: 'list',
};

/** Everything a filter can be about in this workspace, in the order in which it is offered. */
export function subjectsOf(fields: readonly Field[], t: Say, word: ValueWord): Subject[] {
  const contact = t('contacts.filter.group.contact');
  const made = (name: string, label: string): Subject => ({
    key: `field:${name}`,
    label,
    group: contact,
    type: 'moment',
  });
  const system = fields.filter((field) => field.system);
  const custom = fields.filter((field) => !field.system && field.archived_at === null);
  return [
    { key: 'segment', label: t('contacts.filter.list'), group: contact, type: 'segment' },
    { key: 'channel:email', label: t('contacts.filter.email'), group: contact, type: 'channel' },
    { key: 'channel:sms', label: t('contacts.filter.sms'), group: contact, type: 'channel' },
    {
      key: 'channel:mobile_push',
      label: t('contacts.filter.push'),
      group: contact,
      type: 'channel',
    },
    { key: 'category', label: t('contacts.filter.category'), group: contact, type: 'category' },
    ...system.filter(kept).map((field) => ofField(field, '', contact, word)),
    made('created_at', t('contacts.column.created')),
    made('last_seen_at', t('contacts.column.seen')),
    made('updated_at', t('contacts.column.updated')),
    {
      key: 'field:external_id',
      label: t('contacts.column.externalId'),
      group: contact,
      type: 'text',
    },
    ...system
      .filter((field) => !kept(field))
      .map((field) => ofField(field, '', t('contacts.filter.group.system'), word)),
    ...custom.map((field) =>
      ofField(field, 'custom.', t('contacts.filter.group.custom'), (_, value) => value),
    ),
  ];
}

/** Says a value of a field that every workspace has. */
type ValueWord = (field: string, value: string) => string;

function kept({ read_only: readOnly }: Field): boolean {
  return readOnly;
}

function ofField(
  { key, label, type, choices, choice_looks: looks }: Field,
  prefix: string,
  group: string,
  word: ValueWord,
): Subject {
  return {
    key: `field:${prefix}${key}`,
    label,
    group,
    type: TYPES[type] ?? 'text',
    ...(choices?.length && {
      choices: choices.map((value) => ({ value, label: looks[value]?.label ?? word(key, value) })),
    }),
  };
}
