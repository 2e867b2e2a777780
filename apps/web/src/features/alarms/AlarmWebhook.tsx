import { Alert, Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type {
  AlarmWebhook as Given,
  Webhook,
  WebhookAttempt,
  WebhookSecret,
} from '@perennial/contracts';
import { Copyable, Panel, StatusBadge, Time } from '@perennial/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useChange, useList, useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import classes from './Alarms.module.css';

const EVERY_MS = 15_000;

/** Where an alarm calls: an address of its own, signed, with what became of the last requests. */
export function AlarmWebhook({ alarm }: { alarm: string }) {
  const t = useText();
  const path = `/alarms/${alarm}/webhook`;
  const mayWrite = useRight('settings.write');
  const read = useRead<Given>(path, { enabled: mayWrite, every: EVERY_MS });
  const [secret, setSecret] = useState<string | null>(null);
  if (!mayWrite) return null;
  const webhook = read.data?.webhook;
  return (
    <Panel title={t('alarms.webhook')}>
      <p className={classes.note}>{t('alarms.webhook.detail')}</p>
      {read.error && !read.data ? <Problem error={read.error} /> : null}
      {secret === null ? null : (
        <Alert
          mt="md"
          color="yellow"
          icon={<IconAlertTriangle size={16} />}
          title={t('alarms.webhook.secret')}
        >
          <Copyable value={secret} mono />
        </Alert>
      )}
      {read.data ? (
        <Address
          key={webhook?.updated_at ?? 'new'}
          path={path}
          webhook={webhook ?? null}
          onSecret={setSecret}
        />
      ) : null}
      {webhook ? <Health path={path} webhook={webhook} onSecret={setSecret} /> : null}
    </Panel>
  );
}

interface AddressProps {
  path: string;
  webhook: Webhook | null;
  onSecret: (secret: string | null) => void;
}

function Address({ path, webhook, onSecret }: AddressProps) {
  const t = useText();
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [login, setLogin] = useState(webhook?.login ?? '');
  const [password, setPassword] = useState('');
  const save = useChange(
    (api, body: object) => api.put<WebhookSecret>(path, body),
    [path, '/webhooks'],
  );
  const remove = useChange((api) => api.delete(path), [path, '/webhooks']);
  const wrongAt = (at: string) => save.error?.errors.find((each) => each.path === at)?.message;
  const isSame = url === webhook?.url && login === (webhook.login ?? '') && password === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change = login === '' ? { basic_auth: null } : loginChange();
    save.mutate(
      { url: url.trim(), ...change },
      {
        onSuccess: (saved) => {
          if (saved.secret !== null) onSecret(saved.secret);
          notifications.show({ message: t('alarms.webhook.saved') });
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" mt="md">
        <TextInput
          label={t('alarms.webhook.url')}
          placeholder="https://example.com/pager"
          maxLength={2_000}
          dir="ltr"
          error={wrongAt('/url')}
          value={url}
          onChange={({ currentTarget: { value } }) => setUrl(value)}
        />
        <Group grow gap="sm" align="flex-start">
          <TextInput
            label={t('alarms.webhook.login')}
            autoComplete="off"
            maxLength={200}
            error={wrongAt('/basic_auth/login')}
            value={login}
            onChange={({ currentTarget: { value } }) => setLogin(value)}
          />
          <PasswordInput
            label={t('alarms.webhook.password')}
            placeholder={webhook?.login ? t('alarms.webhook.kept') : ''}
            autoComplete="new-password"
            maxLength={500}
            disabled={login === ''}
            value={password}
            onChange={({ currentTarget: { value } }) => setPassword(value)}
          />
        </Group>
        {save.error && save.error.errors.length === 0 ? <Problem error={save.error} /> : null}
        {remove.error ? <Problem error={remove.error} /> : null}
        <Group gap="sm">
          <Button
            type="submit"
            variant="default"
            disabled={url.trim() === '' || isSame}
            loading={save.isPending}
          >
            {t(webhook ? 'alarms.webhook.change' : 'alarms.webhook.add')}
          </Button>
          {webhook ? (
            <Button
              variant="subtle"
              color="gray"
              loading={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSuccess: () => onSecret(null) })}
            >
              {t('alarms.webhook.remove')}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );

  /** The login that is there stays with its password unless one of them is written anew. */
  function loginChange(): object {
    if (login === webhook?.login && password === '') return {};
    return { basic_auth: { login, password } };
  }
}

interface HealthProps {
  path: string;
  webhook: Webhook;
  onSecret: (secret: string | null) => void;
}

/** How it goes, and what can be done about that. */
function Health({ path, webhook, onSecret }: HealthProps) {
  const t = useText();
  const own = `/webhooks/${webhook.id}`;
  const renews = [path, own];
  const attempts = useList<WebhookAttempt>(`${own}/attempts`, {
    query: { limit: 5 },
    every: EVERY_MS,
  });
  const trial = useChange((api) => api.post(`${own}/test`), renews);
  const resume = useChange((api) => api.post(`${own}/resume`), renews);
  const rotate = useChange((api) => api.post<WebhookSecret>(`${own}/rotate`), renews);
  const problem = trial.error ?? resume.error ?? rotate.error;
  return (
    <>
      <Group gap="sm" mt="lg">
        <StatusBadge tone={webhook.state === 'active' ? 'success' : 'danger'}>
          {t(`alarms.webhook.state.${webhook.state}`)}
        </StatusBadge>
        {webhook.waiting > 0 ? (
          <span className={classes.note}>
            {t('alarms.webhook.waiting', { count: webhook.waiting })}
          </span>
        ) : null}
      </Group>
      {webhook.problem ? <p className={classes.note}>{webhook.problem}</p> : null}
      <Group gap="xs" mt="sm">
        <Button
          size="xs"
          variant="default"
          loading={trial.isPending}
          onClick={() => trial.mutate()}
        >
          {t('alarms.webhook.test')}
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={rotate.isPending}
          onClick={() => rotate.mutate(undefined, { onSuccess: (given) => onSecret(given.secret) })}
        >
          {t('alarms.webhook.rotate')}
        </Button>
        {webhook.state === 'active' ? null : (
          <Button
            size="xs"
            variant="default"
            loading={resume.isPending}
            onClick={() => resume.mutate()}
          >
            {t('alarms.webhook.resume')}
          </Button>
        )}
      </Group>
      {problem ? <Problem error={problem} /> : null}
      <ul className={classes.episodes}>
        {attempts.items.map((attempt) => (
          <li key={attempt.id}>
            <Time at={attempt.at} style="exact" />
            <span className={classes.value}>{attempt.status ?? attempt.problem}</span>
            <span className={classes.note}>
              {attempt.test
                ? t('alarms.webhook.trial')
                : t('alarms.webhook.try', { try: attempt.try })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
