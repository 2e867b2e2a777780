import { ActionIcon, Anchor, Button, Select, Switch, TextInput } from '@mantine/core';
import {
  MAPPED_IDENTIFIERS,
  type EventMapping,
  type Field,
  type WorkspaceSettings,
} from '@perennial/contracts';
import { Page, PageHeader, Panel, SkeletonLines, StatusBadge } from '@perennial/ui';
import { IconTrash } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useChange, useList, useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText, type Say } from '../../app/text.tsx';
import { MappingTrial } from './MappingTrial.tsx';
import classes from './Events.module.css';

/** The names by which parameters find contacts, in the order in which they are looked for. */
const wellKnown: [names: string, field: string][] = [
  ['ContactId, Contact_id', 'id'],
  ['externalCustomerId', 'external_id'],
  ['Email, EmailAddress, UserEmail, ContactEmail', 'email'],
  ['Phone, SMS, PhoneNumber', 'phone'],
  ['PushToken, MobPushToken', 'push_token'],
  ['TelegramBotToken', 'chat_id'],
  ['ContactKey, Contact_key', 'contact_key'],
];

/** How events of the REST API find their contacts. */
export function EventMappingPage() {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const mayTry = useRight('contacts.read');
  const mappings = useList<EventMapping>('/event_mappings', { every: 5_000 });
  const fields = useList<Field>('/fields', { query: { limit: 500 } });
  const nameOf = (field: string) => fieldName(field, fields.items, t);
  return (
    <Page
      width="reading"
      header={<PageHeader title={t('app.settings.mapping')} detail={t('events.mapping.detail')} />}
    >
      <div className={classes.stack}>
        <Panel title={t('events.mapping.rules')} flush>
          <p className={classes.note}>{t('events.mapping.rulesDetail')}</p>
          {mappings.loading ? <SkeletonLines lines={2} /> : null}
          {mappings.error ? <Problem error={mappings.error} onRetry={mappings.retry} /> : null}
          {mappings.items.length > 0 ? (
            <Rules rules={mappings.items} nameOf={nameOf} mayWrite={mayWrite} />
          ) : null}
          {mayWrite ? <NewRule fields={fields.items} nameOf={nameOf} /> : null}
        </Panel>
        <Panel title={t('events.mapping.wellKnown')} flush>
          <table className={classes.schema}>
            <thead>
              <tr>
                <th scope="col">{t('events.mapping.parameter')}</th>
                <th scope="col">{t('events.mapping.field')}</th>
              </tr>
            </thead>
            <tbody>
              {wellKnown.map(([names, field]) => (
                <tr key={field}>
                  <td className={classes.path}>{names}</td>
                  <td>{nameOf(field)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
        {mayTry ? <MappingTrial nameOf={nameOf} /> : null}
        <PastDeletion mayWrite={mayWrite} />
      </div>
    </Page>
  );
}

const identifiers: readonly string[] = ['id', 'chat_id', 'contact_key', ...MAPPED_IDENTIFIERS];

function fieldName(field: string, fields: readonly Field[], t: Say): string {
  if (identifiers.includes(field)) {
    return t(`events.mapping.identifier.${field as 'id'}`);
  }
  const key = field.replace(/^custom\./, '');
  return fields.find((one) => !one.system && one.key === key)?.label ?? field;
}

interface RulesProps {
  rules: readonly EventMapping[];
  nameOf: (field: string) => string;
  mayWrite: boolean;
}

function Rules({ rules, nameOf, mayWrite }: RulesProps) {
  const t = useText();
  const showProblem = useShowProblem();
  const remove = useChange(
    (api, id: string) => api.delete(`/event_mappings/${id}`),
    ['/event_mappings'],
  );
  return (
    <table className={classes.schema}>
      <thead>
        <tr>
          <th scope="col">{t('events.mapping.parameter')}</th>
          <th scope="col">{t('events.mapping.field')}</th>
          <th scope="col" aria-label={t('events.mapping.actions')} />
        </tr>
      </thead>
      <tbody>
        {rules.map(({ id, parameter, field, indexing }) => (
          <tr key={id}>
            <td className={classes.path} dir="auto">
              {parameter}
            </td>
            <td>
              {nameOf(field)}{' '}
              {indexing ? (
                <StatusBadge tone="info" variant="soft" live>
                  {t('events.mapping.indexing')}
                </StatusBadge>
              ) : null}
            </td>
            <td className={classes.number}>
              {mayWrite ? (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('events.mapping.remove', { parameter })}
                  onClick={() => remove.mutate(id, { onError: showProblem })}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const identifyingTypes: readonly string[] = ['text', 'integer', 'decimal', 'choice'];

interface NewRuleProps {
  fields: readonly Field[];
  nameOf: (field: string) => string;
}

function NewRule({ fields, nameOf }: NewRuleProps) {
  const t = useText();
  const [parameter, setParameter] = useState('');
  const [field, setField] = useState<string | null>(null);
  const create = useChange(
    (api) => api.post('/event_mappings', { parameter: parameter.trim(), field }),
    ['/event_mappings'],
  );
  const offered = [
    ...MAPPED_IDENTIFIERS,
    'contact_key',
    ...fields
      .filter((one) => !one.system && !one.archived_at && identifyingTypes.includes(one.type))
      .map((one) => `custom.${one.key}`),
  ];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(undefined, {
      onSuccess: () => {
        setParameter('');
        setField(null);
      },
    });
  };
  return (
    <form onSubmit={submit} className={classes.newRule}>
      <div className={classes.rule}>
        <TextInput
          label={t('events.mapping.parameter')}
          placeholder="email_client"
          value={parameter}
          maxLength={100}
          onChange={(event) => setParameter(event.currentTarget.value)}
        />
        <Select
          label={t('events.mapping.field')}
          searchable
          data={offered.map((one) => ({ value: one, label: nameOf(one) }))}
          value={field}
          onChange={setField}
        />
        <Button
          type="submit"
          variant="default"
          disabled={parameter.trim() === '' || field === null}
          loading={create.isPending}
        >
          {t('events.mapping.add')}
        </Button>
      </div>
      {create.error ? (
        <div className={classes.wrong} role="alert">
          {problemWords(create.error, t).detail}
        </div>
      ) : null}
    </form>
  );
}

function PastDeletion({ mayWrite }: { mayWrite: boolean }) {
  const t = useText();
  const showProblem = useShowProblem();
  const settings = useRead<WorkspaceSettings>('/settings');
  const change = useChange(
    (api, delete_past_events: boolean) => api.patch('/settings', { delete_past_events }),
    ['/settings'],
  );
  return (
    <Panel title={t('events.past.title')}>
      <Switch
        label={t('events.past.allow')}
        description={t('events.past.allowDetail')}
        disabled={!mayWrite || !settings.data}
        checked={settings.data?.delete_past_events ?? false}
        onChange={(event) => change.mutate(event.currentTarget.checked, { onError: showProblem })}
      />
      <Anchor href="/docs" size="xs" target="_blank">
        {t('events.past.reference')}
      </Anchor>
    </Panel>
  );
}
