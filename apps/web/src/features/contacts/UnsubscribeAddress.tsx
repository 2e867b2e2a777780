import { Autocomplete } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ContactChannel, WorkspaceSettings } from '@perennial/contracts';
import { useChannelName } from '@perennial/ui';
import { useState } from 'react';
import { useChange, useRead } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import classes from './ContactPage.module.css';

/** Says for a person that they want no more; it says what that means, for it is not taken back here. */
export function UnsubscribeAddress({
  address: { channel, address },
  onClose,
}: {
  address: ContactChannel;
  onClose: () => void;
}) {
  const t = useText();
  const channelName = useChannelName();
  const settings = useRead<WorkspaceSettings>('/settings');
  const [reason, setReason] = useState('');
  const leave = useChange(
    (api) =>
      api.post('/suppressions', {
        channel,
        address,
        reason: 'unsubscribed',
        ...(reason.trim() ? { details: reason.trim() } : {}),
      }),
    ['/contacts', '/suppressions'],
  );
  const submit = () => {
    leave.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('contacts.unsubscribe.done', { address }) });
        onClose();
      },
    });
  };
  return (
    <FormDialog
      title={t('contacts.unsubscribe.title', { channel: channelName(channel) })}
      action={t('contacts.unsubscribe')}
      isFinal
      pending={leave.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.plain}>{t('contacts.unsubscribe.means', { address })}</p>
      <p className={classes.plain}>{t('contacts.unsubscribe.final')}</p>
      <Autocomplete
        data-autofocus
        label={t('contacts.unsubscribe.reason')}
        description={t('contacts.unsubscribe.reasonHint')}
        data={settings.data?.unsubscribe_reasons ?? []}
        value={reason}
        maxLength={500}
        error={leave.error ? problemWords(leave.error, t).detail : null}
        onChange={setReason}
      />
    </FormDialog>
  );
}
