import { Alert, Button, Drawer, Group, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ProviderKind } from '@perennial/channels';
import type { Provider } from '@perennial/contracts';
import {
  fieldsOf,
  SchemaForm,
  useChannelName,
  type FormField,
  type FormValue,
  type ObjectSchema,
} from '@perennial/ui';
import { useMemo, useState, type FormEvent } from 'react';
import { z } from 'zod';
import { catalogue, type TextId } from '../../../app/catalogue.ts';
import { useChange } from '../../../app/data.ts';
import { errorAt, problemOfForm } from '../../../app/form-problem.ts';
import { useText } from '../../../app/text.tsx';
import classes from '../Settings.module.css';
import { ProviderCallback } from './ProviderCallback.tsx';

interface ProviderFormProps {
  channel: string;
  kind: ProviderKind;
  /** Null to make a new one. */
  provider: Provider | null;
  onClose: () => void;
}

interface Verdict {
  ok: boolean;
  problem: string | null;
}

/** Members that everyone fills in; the others are behind "More settings". */
const usual = new Set([
  'host',
  'port',
  'security',
  'user',
  'region',
  'domain',
  'access_key_id',
  'from',
  'reply_to',
  'bounce_address',
  'transactional_stream',
  'marketing_stream',
  'configuration_set',
  'topic_arn',
  'webhook_public_key',
  'webhook_user',
]);

/** Settings and credentials of a provider, from its kind's schema; saved, then verified. */
export function ProviderForm({ channel, kind, provider, onClose }: ProviderFormProps) {
  const t = useText();
  const channelName = useChannelName();
  const fields = useMemo(() => settingsFields(kind), [kind]);
  const [name, setName] = useState(provider?.name ?? kind.label);
  const [settings, setSettings] = useState<FormValue>(provider?.settings ?? {});
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  // A new one that could not be verified is there all the same: the next try changes it.
  const [savedId, setSavedId] = useState(provider?.id);
  const save = useChange<void, Verdict>(
    async (api) => {
      const saved = await (savedId
        ? api.patch<Provider>(`/providers/${savedId}`, body())
        : api.post<Provider>('/providers', { channel, kind: kind.key, ...body() }));
      setSavedId(saved.id);
      return api.post<Verdict>(`/providers/${saved.id}/verify`);
    },
    ['/providers'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined, {
      onSuccess: (verdict) => {
        if (!verdict.ok) return;
        notifications.show({ message: t('settings.channels.savedToast') });
        onClose();
      },
    });
  };
  const words = (path: string, part: '' | '.hint'): string | undefined => {
    const id = `settings.channels.field.${path}${part}`;
    return Object.hasOwn(catalogue, id) ? t(id as TextId) : undefined;
  };
  const shared = {
    value: settings,
    onChange: setSettings,
    labelOf: (path: string) => words(path, '') ?? path,
    hintOf: (path: string) => words(path, '.hint'),
    errorAt: (pointer: string) => errorAt(save.error, `/settings${pointer}`),
  };
  const refusal = save.data?.problem ?? problemOfForm(save.error, t);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={520}
      title={
        provider
          ? t('settings.channels.form.edit')
          : t('settings.channels.form.new', { channel: channelName(channel) })
      }
    >
      <form className={classes.dialogForm} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('settings.channels.form.name')}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <SchemaForm {...shared} fields={fields.filter((field) => usual.has(field.name))} />
        <Secrets
          names={kind.secretFields}
          set={provider?.secrets_set ?? []}
          values={secrets}
          required={requiredSecrets(kind)}
          errorOf={(secret) => errorAt(save.error, `/settings/${secret}`)}
          labelOf={(secret) => words(secret, '') ?? secret}
          onChange={setSecrets}
        />
        <ProviderCallback kind={kind} provider={provider} />
        <details>
          <summary className={classes.legend}>{t('settings.channels.form.more')}</summary>
          <SchemaForm {...shared} fields={fields.filter((field) => !usual.has(field.name))} />
        </details>
        {refusal ? (
          <Alert color="red" variant="light">
            {refusal}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>
            {t('settings.channels.form.save')}
          </Button>
        </Group>
      </form>
    </Drawer>
  );

  function body() {
    const typed = Object.entries(secrets).filter(([, value]) => value !== '');
    return { name: name.trim(), settings: { ...settings, ...Object.fromEntries(typed) } };
  }
}

function settingsFields(kind: ProviderKind): FormField[] {
  const schema = z.toJSONSchema(kind.settings, { io: 'input', unrepresentable: 'any' });
  return fieldsOf(schema as ObjectSchema);
}

function requiredSecrets(kind: ProviderKind): Set<string> {
  const schema = z.toJSONSchema(kind.secrets, { io: 'input', unrepresentable: 'any' });
  return new Set((schema as ObjectSchema).required);
}

interface SecretsProps {
  names: readonly string[];
  /** Those that the server has already. */
  set: readonly string[];
  values: Record<string, string>;
  required: ReadonlySet<string>;
  labelOf: (name: string) => string;
  errorOf: (name: string) => string | undefined;
  onChange: (values: Record<string, string>) => void;
}

/** Credentials are write-only: one that is set shows as such and stays unless typed over. */
function Secrets({ names, set, values, required, labelOf, errorOf, onChange }: SecretsProps) {
  const t = useText();
  return names.map((name) => {
    // PEM has lines; all else is one word.
    const Field = name.endsWith('private_key') ? Textarea : PasswordInput;
    return (
      <Field
        key={name}
        label={labelOf(name)}
        withAsterisk={required.has(name)}
        error={errorOf(name)}
        description={t('settings.channels.form.sealed')}
        placeholder={set.includes(name) ? t('settings.channels.form.kept') : ''}
        autoComplete="new-password"
        value={values[name] ?? ''}
        onChange={(event: { currentTarget: { value: string } }) =>
          onChange({ ...values, [name]: event.currentTarget.value })
        }
      />
    );
  });
}
