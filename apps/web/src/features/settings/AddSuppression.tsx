import { Select, Textarea, TextInput } from '@mantine/core';
import { SUPPRESSION_REASON_NAMES } from '@perennial/contracts';
import { useChannelName } from '@perennial/ui';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { messageChannels } from '../messages/message.ts';
import classes from './Settings.module.css';

const reasons = SUPPRESSION_REASON_NAMES.filter((reason) => reason !== 'blocked');

/** Adds an address by hand. */
export function AddSuppression({ onClose }: { onClose: () => void }) {
  const t = useText();
  const channelName = useChannelName();
  const [channel, setChannel] = useState<string>('email');
  const [reason, setReason] = useState<string>('blacklisted');
  const [address, setAddress] = useState('');
  const [note, setNote] = useState('');
  const add = useChange(
    (api) =>
      api.post('/suppressions', {
        channel,
        address: address.trim(),
        reason,
        ...(note.trim() ? { details: note.trim() } : {}),
      }),
    ['/suppressions'],
  );
  const submit = () => {
    add.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t('settings.suppressions.form.title')}
      action={t('settings.suppressions.add')}
      ready={address.trim() !== ''}
      pending={add.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.muted}>{t('settings.suppressions.form.detail')}</div>
      <Select
        label={t('settings.suppressions.column.channel')}
        data={messageChannels.map((each) => ({ value: each, label: channelName(each) }))}
        value={channel}
        allowDeselect={false}
        onChange={(next) => next && setChannel(next)}
      />
      <TextInput
        data-autofocus
        label={t('settings.suppressions.column.address')}
        value={address}
        maxLength={500}
        error={add.error ? problemWords(add.error, t).detail : null}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <Select
        label={t('settings.suppressions.column.reason')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        description={t(`settings.suppressions.means.${reason as (typeof reasons)[number]}`)}
        data={reasons.map((each) => ({
          value: each,
          label: t(`settings.suppressions.reason.${each}`),
        }))}
        value={reason}
        allowDeselect={false}
        onChange={(next) => next && setReason(next)}
      />
      <Textarea
        label={t('settings.suppressions.form.note')}
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
