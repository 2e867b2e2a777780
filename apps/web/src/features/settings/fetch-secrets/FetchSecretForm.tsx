import { Alert, Button, Drawer, Group, PasswordInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { FetchSecret } from '@perennial/contracts';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../../app/data.ts';
import { errorAt, problemOfForm } from '../../../app/form-problem.ts';
import { useText } from '../../../app/text.tsx';
import classes from '../Settings.module.css';

interface FetchSecretFormProps {
  /** Null to add one. */
  secret: FetchSecret | null;
  onClose: () => void;
}

/** What a secret is called, where it goes and in which header; its value is only ever given. */
export function FetchSecretForm({ secret, onClose }: FetchSecretFormProps) {
  const t = useText();
  const [draft, setDraft] = useState({
    name: secret?.name ?? '',
    origin: secret?.origin ?? '',
    header: secret?.header ?? 'Authorization',
    value: '',
  });
  const save = useChange<void, FetchSecret>(
    (api) => {
      if (!secret) return api.post('/fetch_secrets', draft);
      const { origin, header, value } = draft;
      return api.patch(`/fetch_secrets/${secret.id}`, { origin, header, ...(value && { value }) });
    },
    ['/fetch_secrets'],
  );
  const error = (member: string) => errorAt(save.error, `/${member}`);
  const problem = problemOfForm(save.error, t);
  const change = (parts: Partial<typeof draft>) => setDraft({ ...draft, ...parts });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('fetchSecrets.saved') });
        onClose();
      },
    });
  };
  const needed = secret ? [draft.origin, draft.header] : Object.values(draft);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={520}
      title={
        secret ? t('fetchSecrets.form.edit', { name: secret.name }) : t('fetchSecrets.form.new')
      }
    >
      <form className={classes.dialogForm} noValidate onSubmit={submit}>
        {secret ? null : (
          <TextInput
            data-autofocus
            label={t('fetchSecrets.form.name')}
            description={t('fetchSecrets.form.name.hint')}
            value={draft.name}
            maxLength={63}
            placeholder="shop"
            error={error('name')}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        )}
        <TextInput
          label={t('fetchSecrets.form.origin')}
          value={draft.origin}
          maxLength={300}
          placeholder="https://api.example.com"
          error={error('origin')}
          onChange={(event) => change({ origin: event.currentTarget.value })}
        />
        <TextInput
          label={t('fetchSecrets.form.header')}
          value={draft.header}
          maxLength={100}
          error={error('header')}
          onChange={(event) => change({ header: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('fetchSecrets.form.value')}
          description={t('fetchSecrets.form.value.hint')}
          placeholder={secret ? t('settings.channels.form.kept') : ''}
          autoComplete="new-password"
          value={draft.value}
          error={error('value')}
          onChange={(event) => change({ value: event.currentTarget.value })}
        />
        {problem ? (
          <Alert color="red" variant="light">
            {problem}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={needed.some((text) => text.trim() === '')}
            loading={save.isPending}
          >
            {t('app.save')}
          </Button>
        </Group>
      </form>
    </Drawer>
  );
}
