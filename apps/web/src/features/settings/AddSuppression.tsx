import { Button, Group, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { SUPPRESSION_REASON_NAMES } from '@perennial/contracts';
import { useChannelName } from '@perennial/ui';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../app/data.ts';
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title={t('settings.suppressions.form.title')}>
      <form className={classes.dialogForm} onSubmit={submit}>
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
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={address.trim() === ''} loading={add.isPending}>
            {t('settings.suppressions.add')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
