import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Webhook, WebhookAttempt } from '@perennial/contracts';
import { IconDots, IconPlayerPause, IconPlayerPlay, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { SecretDialog } from './SecretDialog.tsx';
import { WebhookForm, type SavedWebhook } from './WebhookForm.tsx';

type Dialog = 'edit' | 'rotate' | 'delete' | null;

/** What may be done with a webhook. */
export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [dialog, setDialog] = useState<Dialog>(null);
  const [secret, setSecret] = useState<string | null>(null);
  if (!mayWrite) return null;
  const close = () => setDialog(null);
  return (
    <>
      <TestButton webhook={webhook} />
      <StateButton webhook={webhook} />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t('app.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDialog('edit')}>{t('webhooks.edit')}</Menu.Item>
          {webhook.format === 'standard' ? (
            <Menu.Item onClick={() => setDialog('rotate')}>{t('webhooks.rotate')}</Menu.Item>
          ) : null}
          <Menu.Item color="red" onClick={() => setDialog('delete')}>
            {t('webhooks.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'edit' ? <WebhookForm webhook={webhook} onClose={close} /> : null}
      {dialog === 'rotate' ? (
        <RotateDialog webhook={webhook} onMade={setSecret} onClose={close} />
      ) : null}
      {dialog === 'delete' ? <DeleteDialog webhook={webhook} onClose={close} /> : null}
      {secret === null ? null : <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}

function TestButton({ webhook }: { webhook: Webhook }) {
  const t = useText();
  const showProblem = useShowProblem();
  const test = useChange<void, WebhookAttempt>(
    (api) => api.post(`/webhooks/${webhook.id}/test`),
    ['/webhooks'],
  );
  const send = () =>
    test.mutate(undefined, {
      onError: showProblem,
      onSuccess: ({ outcome, status, took_ms: ms, problem }) =>
        notifications.show(
          outcome === 'delivered'
            ? { message: t('webhooks.testedToast', { status: String(status), ms }) }
            : { message: t('webhooks.testFailedToast', { problem }), color: 'red' },
        ),
    });
  return (
    <Button
      variant="default"
      leftSection={<IconSend size={16} />}
      loading={test.isPending}
      onClick={send}
    >
      {t('webhooks.test')}
    </Button>
  );
}

function StateButton({ webhook }: { webhook: Webhook }) {
  const t = useText();
  const showProblem = useShowProblem();
  const runs = webhook.state === 'active';
  const turn = useChange(
    (api) => api.post(`/webhooks/${webhook.id}/${runs ? 'pause' : 'resume'}`),
    ['/webhooks'],
  );
  return (
    <Button
      variant={runs ? 'default' : 'filled'}
      leftSection={runs ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
      loading={turn.isPending}
      onClick={() =>
        turn.mutate(undefined, {
          onError: showProblem,
          onSuccess: () =>
            notifications.show({
              message: t(runs ? 'webhooks.pausedToast' : 'webhooks.resumedToast'),
            }),
        })
      }
    >
      {t(runs ? 'webhooks.pause' : 'webhooks.resume')}
    </Button>
  );
}

interface DialogProps {
  webhook: Webhook;
  onClose: () => void;
}

function RotateDialog({
  webhook,
  onMade,
  onClose,
}: DialogProps & { onMade: (secret: string) => void }) {
  const t = useText();
  const rotate = useChange<void, SavedWebhook>(
    (api) => api.post(`/webhooks/${webhook.id}/rotate`),
    ['/webhooks'],
  );
  return (
    <FormDialog
      title={t('webhooks.rotateTitle', { name: webhook.name })}
      action={t('webhooks.rotateGo')}
      pending={rotate.isPending}
      problem={rotate.error ? problemWords(rotate.error, t).detail : null}
      onSubmit={() =>
        rotate.mutate(undefined, {
          onSuccess: ({ secret }) => {
            onClose();
            if (secret !== null) onMade(secret);
          },
        })
      }
      onClose={onClose}
    >
      <Text size="sm">{t('webhooks.rotateText')}</Text>
    </FormDialog>
  );
}

function DeleteDialog({ webhook, onClose }: DialogProps) {
  const t = useText();
  const go = useGo();
  const remove = useChange((api) => api.delete(`/webhooks/${webhook.id}`), []);
  return (
    <FormDialog
      title={t('webhooks.deleteTitle', { name: webhook.name })}
      action={t('webhooks.delete')}
      isFinal
      pending={remove.isPending}
      problem={remove.error ? problemWords(remove.error, t).detail : null}
      onSubmit={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            notifications.show({ message: t('webhooks.deletedToast', { name: webhook.name }) });
            go('settings/webhooks');
          },
        })
      }
      onClose={onClose}
    >
      <Text size="sm">{t('webhooks.deleteText', { n: webhook.waiting })}</Text>
    </FormDialog>
  );
}
