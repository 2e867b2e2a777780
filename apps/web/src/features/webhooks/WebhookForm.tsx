import {
  Alert,
  Button,
  Checkbox,
  Drawer,
  Group,
  MultiSelect,
  PasswordInput,
  Radio,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  webhookTells,
  WEBHOOK_FORMATS,
  type EventType,
  type Segment,
  type Webhook,
  type WebhookFormatKey,
  type WebhookKind,
} from '@perennial/contracts';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useChange, useList } from '../../app/data.ts';
import { errorAt, problemOfForm } from '../../app/form-problem.ts';
import { useText } from '../../app/text.tsx';
import { KIND_GROUPS, kindsOf, type KindGroup } from './kind-groups.ts';
import classes from './Webhooks.module.css';

export interface SavedWebhook {
  webhook: Webhook;
  secret: string | null;
}

interface WebhookFormProps {
  /** Null to add one. */
  webhook: Webhook | null;
  onSaved?: (saved: SavedWebhook) => void;
  onClose: () => void;
}

/** Where, in which form, and of what somebody is told. */
export function WebhookForm({ webhook, onSaved, onClose }: WebhookFormProps) {
  const t = useText();
  const [name, setName] = useState(webhook?.name ?? '');
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [format, setFormat] = useState<WebhookFormatKey>(webhook?.format ?? 'standard');
  const [kinds, setKinds] = useState<readonly WebhookKind[]>(webhook?.kinds ?? []);
  const [eventTypes, setEventTypes] = useState(webhook?.filters.event_types ?? []);
  const [segments, setSegments] = useState(webhook?.filters.segments ?? []);
  const [login, setLogin] = useState(webhook?.login ?? '');
  const [password, setPassword] = useState('');
  const told = kinds.filter((kind) => webhookTells(kind, format));
  const save = useChange<void, SavedWebhook>(
    async (api) =>
      webhook
        ? { webhook: await api.patch<Webhook>(`/webhooks/${webhook.id}`, body()), secret: null }
        : api.post<SavedWebhook>('/webhooks', { ...body(), format }),
    ['/webhooks'],
  );
  const address = useRef<HTMLInputElement>(null);
  const addressError = errorAt(save.error, '/url');
  // What is wrong may stand above what is seen of the form.
  useEffect(() => {
    if (addressError) address.current?.focus();
  }, [addressError]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined, {
      onSuccess: (saved) => {
        if (webhook) notifications.show({ message: t('webhooks.savedToast') });
        onSaved?.(saved);
        onClose();
      },
    });
  };
  const refusal = problemOfForm(save.error, t);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={520}
      title={t(webhook ? 'webhooks.form.edit' : 'webhooks.form.new')}
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          data-autofocus
          label={t('webhooks.form.name')}
          value={name}
          maxLength={100}
          dir="auto"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('webhooks.form.url')}
          description={t('webhooks.form.urlHint')}
          placeholder="https://example.com/hooks"
          value={url}
          maxLength={2000}
          dir="ltr"
          inputMode="url"
          ref={address}
          error={addressError}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        {webhook ? null : (
          <Radio.Group
            label={t('webhooks.fact.format')}
            value={format}
            onChange={(next) => setFormat(next)}
          >
            <div className={classes.choices}>
              {WEBHOOK_FORMATS.map((each) => (
                <Radio
                  key={each}
                  value={each}
                  label={t(`webhooks.format.${each}`)}
                  description={t(`webhooks.format.${each}.hint`)}
                />
              ))}
            </div>
          </Radio.Group>
        )}
        <KindChoices format={format} value={told} onChange={setKinds} />
        {told.includes('event.received') ? (
          <EventTypeChoices value={eventTypes} onChange={setEventTypes} />
        ) : null}
        {told.some((kind) => kind.startsWith('segment.')) ? (
          <SegmentChoices value={segments} onChange={setSegments} />
        ) : null}
        <fieldset className={classes.fieldset}>
          <legend className={classes.legend}>{t('webhooks.form.auth')}</legend>
          <div className={classes.pair}>
            <TextInput
              label={t('webhooks.form.login')}
              value={login}
              maxLength={200}
              autoComplete="off"
              error={errorAt(save.error, '/basic_auth/login')}
              onChange={(event) => setLogin(event.currentTarget.value)}
            />
            <PasswordInput
              label={t('webhooks.form.password')}
              placeholder={webhook?.login ? t('webhooks.form.passwordKept') : ''}
              value={password}
              maxLength={500}
              autoComplete="new-password"
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </div>
        </fieldset>
        {refusal ? (
          <Alert color="red" variant="light">
            {refusal}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={name.trim() === '' || url.trim() === '' || told.length === 0}
            loading={save.isPending}
          >
            {t(webhook ? 'webhooks.form.save' : 'webhooks.form.add')}
          </Button>
        </Group>
      </form>
    </Drawer>
  );

  function body() {
    return {
      name: name.trim(),
      url: url.trim(),
      kinds: told,
      filters: {
        ...(told.includes('event.received') &&
          eventTypes.length > 0 && { event_types: eventTypes }),
        ...(told.some((kind) => kind.startsWith('segment.')) &&
          segments.length > 0 && { segments }),
      },
      ...authOf(),
    };
  }

  /** A login that stays keeps its password. */
  function authOf() {
    const typed = login.trim();
    if (typed === (webhook?.login ?? '') && password === '') return {};
    return { basic_auth: typed === '' ? null : { login: typed, password } };
  }
}

interface KindChoicesProps {
  format: WebhookFormatKey;
  value: readonly WebhookKind[];
  onChange: (kinds: readonly WebhookKind[]) => void;
}

function KindChoices({ format, value, onChange }: KindChoicesProps) {
  const t = useText();
  return (
    <fieldset className={classes.fieldset}>
      <legend className={classes.legend}>{t('webhooks.form.kinds')}</legend>
      <div className={classes.groups}>
        {KIND_GROUPS.map((group) => {
          const possible = kindsOf(group).filter((kind) => webhookTells(kind, format));
          return possible.length === 0 ? null : (
            <KindGroupChoices key={group} {...{ group, possible, value, onChange }} />
          );
        })}
      </div>
    </fieldset>
  );
}

function KindGroupChoices({
  group,
  possible,
  value,
  onChange,
}: Omit<KindChoicesProps, 'format'> & { group: KindGroup; possible: readonly WebhookKind[] }) {
  const t = useText();
  const chosen = possible.filter((kind) => value.includes(kind));
  const others = value.filter((kind) => !possible.includes(kind));
  const all = chosen.length === possible.length;
  return (
    <div className={classes.group}>
      <Checkbox
        className={classes.groupHead}
        label={t(`webhooks.group.${group}`)}
        checked={all}
        indeterminate={!all && chosen.length > 0}
        onChange={() => onChange(all ? others : [...others, ...possible])}
      />
      <div className={classes.kinds}>
        {possible.map((kind) => (
          <Checkbox
            key={kind}
            size="xs"
            label={t(`webhooks.kind.${kind}`)}
            checked={value.includes(kind)}
            onChange={() =>
              onChange(
                value.includes(kind) ? value.filter((each) => each !== kind) : [...value, kind],
              )
            }
          />
        ))}
      </div>
    </div>
  );
}

interface ListChoicesProps {
  value: string[];
  onChange: (value: string[]) => void;
}

function EventTypeChoices({ value, onChange }: ListChoicesProps) {
  const t = useText();
  const types = useList<EventType>('/event_types', { query: { limit: 500 } }).items;
  // What was named stays, also where no such event came yet.
  const keys = [...new Set([...types.map(({ key }) => key), ...value])];
  return (
    <MultiSelect
      label={t('webhooks.form.eventTypes')}
      placeholder={value.length === 0 ? t('webhooks.form.any') : ''}
      data={keys}
      value={value}
      searchable
      clearable
      limit={100}
      onChange={onChange}
    />
  );
}

function SegmentChoices({ value, onChange }: ListChoicesProps) {
  const t = useText();
  const segments = useList<Segment>('/segments', { query: { limit: 500 } }).items;
  const known = new Set(segments.map(({ id }) => id));
  const gone = value.filter((id) => !known.has(id)).map((id) => ({ value: id, label: id }));
  return (
    <MultiSelect
      label={t('webhooks.form.segments')}
      placeholder={value.length === 0 ? t('webhooks.form.any') : ''}
      data={[...segments.map(({ id, name }) => ({ value: id, label: name })), ...gone]}
      value={value}
      searchable
      clearable
      limit={100}
      onChange={onChange}
    />
  );
}
