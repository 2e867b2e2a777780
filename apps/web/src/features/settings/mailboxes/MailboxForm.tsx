import {
  Alert,
  Button,
  Drawer,
  Group,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  Switch,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Mailbox } from '@perennial/contracts';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../../app/data.ts';
import { errorAt, problemOfForm } from '../../../app/form-problem.ts';
import { useText } from '../../../app/text.tsx';
import classes from '../Settings.module.css';

interface MailboxFormProps {
  /** Null to add one. */
  mailbox: Mailbox | null;
  onClose: () => void;
}

type Draft = ReturnType<typeof draftOf>;
type SecretName = 'password' | 'refresh_token' | 'access_token' | 'client_secret';

const SECRETS = {
  password: ['password'],
  oauth: ['refresh_token', 'access_token', 'client_secret'],
} as const satisfies Record<Mailbox['login'], readonly SecretName[]>;
const SECURITIES = ['tls', 'starttls', 'none'] as const;
const AFTERWARDS = ['seen', 'move', 'delete'] as const;
const OAUTH_TEXTS = ['token_url', 'client_id', 'scope'] as const;

/** Where the mailbox is, how it is logged into, and what becomes of what was read. */
export function MailboxForm({ mailbox, onClose }: MailboxFormProps) {
  const t = useText();
  const [draft, setDraft] = useState(() => draftOf(mailbox));
  const [secrets, setSecrets] = useState<Partial<Record<SecretName, string>>>({});
  const change = (parts: Partial<Draft>) => setDraft({ ...draft, ...parts });
  const save = useChange<void, Mailbox>(
    (api) => {
      const typed = SECRETS[draft.login].flatMap((name) =>
        secrets[name] ? [[name, secrets[name]]] : [],
      );
      const body = { ...bodyOf(draft), ...Object.fromEntries(typed) };
      return mailbox ? api.patch(`/mailboxes/${mailbox.id}`, body) : api.post('/mailboxes', body);
    },
    ['/mailboxes'],
  );
  const error = (name: string) => errorAt(save.error, `/${name}`);
  const problem = problemOfForm(save.error, t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('mailboxes.saved') });
        onClose();
      },
    });
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={520}
      title={t(mailbox ? 'mailboxes.form.edit' : 'mailboxes.form.new')}
    >
      <form className={classes.dialogForm} noValidate onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('mailboxes.form.name')}
          value={draft.name}
          maxLength={100}
          error={error('name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Group grow align="flex-start">
          <TextInput
            label={t('mailboxes.form.host')}
            value={draft.host}
            maxLength={253}
            placeholder="imap.example.com"
            error={error('host')}
            onChange={(event) => change({ host: event.currentTarget.value })}
          />
          <NumberInput
            label={t('mailboxes.form.port')}
            value={draft.port}
            min={1}
            max={65_535}
            allowDecimal={false}
            error={error('port')}
            onChange={(port) => change({ port: Number(port) })}
          />
        </Group>
        <Select
          label={t('mailboxes.form.security')}
          data={SECURITIES.map((value) => ({
            value,
            label: t(`mailboxes.form.security.${value}`),
          }))}
          allowDeselect={false}
          value={draft.security}
          onChange={(security) =>
            security &&
            change({
              security,
              port: security === 'tls' ? 993 : draft.port === 993 ? 143 : draft.port,
            })
          }
        />
        <Switch
          label={t('mailboxes.form.certificate')}
          checked={draft.accept_any_certificate}
          onChange={(event) => change({ accept_any_certificate: event.currentTarget.checked })}
        />
        <TextInput
          label={t('mailboxes.form.user')}
          value={draft.user}
          maxLength={500}
          autoComplete="off"
          error={error('user')}
          onChange={(event) => change({ user: event.currentTarget.value })}
        />
        <SegmentedControl
          aria-label={t('mailboxes.form.login')}
          value={draft.login}
          onChange={(login) => change({ login })}
          data={(['password', 'oauth'] as const).map((value) => ({
            value,
            label: t(`mailboxes.form.login.${value}`),
          }))}
        />
        {draft.login === 'oauth'
          ? OAUTH_TEXTS.map((name) => (
              <TextInput
                key={name}
                label={t(`mailboxes.form.${name}`)}
                value={draft[name] ?? ''}
                error={error(name)}
                onChange={(event) => change({ [name]: event.currentTarget.value })}
              />
            ))
          : null}
        {SECRETS[draft.login].map((name) => (
          <PasswordInput
            key={name}
            label={t(`mailboxes.form.${name}`)}
            description={t('settings.channels.form.sealed')}
            placeholder={
              mailbox?.secrets_set.includes(name) ? t('settings.channels.form.kept') : ''
            }
            autoComplete="new-password"
            value={secrets[name] ?? ''}
            error={error(name)}
            onChange={(event) => setSecrets({ ...secrets, [name]: event.currentTarget.value })}
          />
        ))}
        <TextInput
          label={t('mailboxes.form.folder')}
          value={draft.folder}
          maxLength={500}
          error={error('folder')}
          onChange={(event) => change({ folder: event.currentTarget.value })}
        />
        <Select
          label={t('mailboxes.form.afterwards')}
          description={t('mailboxes.form.afterwards.hint')}
          data={AFTERWARDS.map((value) => ({
            value,
            label: t(`mailboxes.form.afterwards.${value}`),
          }))}
          allowDeselect={false}
          value={draft.afterwards}
          onChange={(afterwards) => afterwards && change({ afterwards })}
        />
        {draft.afterwards === 'move' ? (
          <TextInput
            label={t('mailboxes.form.move_to')}
            value={draft.move_to ?? ''}
            maxLength={500}
            error={error('move_to')}
            onChange={(event) => change({ move_to: event.currentTarget.value })}
          />
        ) : null}
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
            disabled={[draft.name, draft.host, draft.user].some((text) => text.trim() === '')}
            loading={save.isPending}
          >
            {t('app.save')}
          </Button>
        </Group>
      </form>
    </Drawer>
  );
}

function draftOf(mailbox: Mailbox | null) {
  return {
    name: mailbox?.name ?? '',
    host: mailbox?.host ?? '',
    port: mailbox?.port ?? 993,
    security: mailbox?.security ?? ('tls' as const),
    accept_any_certificate: mailbox?.accept_any_certificate ?? false,
    user: mailbox?.user ?? '',
    login: mailbox?.login ?? ('password' as const),
    token_url: mailbox?.token_url ?? null,
    client_id: mailbox?.client_id ?? null,
    scope: mailbox?.scope ?? null,
    folder: mailbox?.folder ?? 'INBOX',
    afterwards: mailbox?.afterwards ?? ('seen' as const),
    move_to: mailbox?.move_to ?? null,
  };
}

/** What was emptied is absent. */
function bodyOf({ token_url, client_id, scope, move_to, ...draft }: Draft) {
  const orNull = (text: string | null) => (text?.trim() ? text.trim() : null);
  return {
    ...draft,
    token_url: orNull(token_url),
    client_id: orNull(client_id),
    scope: orNull(scope),
    move_to: draft.afterwards === 'move' ? orNull(move_to) : null,
  };
}
