import { Switch, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Sender } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { errorAt, problemOfForm } from '../../app/form-problem.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { useText } from '../../app/text.tsx';

interface SenderFormProps {
  /** Null to add one. */
  sender: Sender | null;
  /** Where a new address is proposed. */
  domain?: string;
  onSaved?: (sender: Sender) => void;
  onClose: () => void;
}

/** A name, an address and where answers go. */
export function SenderForm({ sender, domain, onSaved, onClose }: SenderFormProps) {
  const t = useText();
  const [name, setName] = useState(sender?.name ?? '');
  const [address, setAddress] = useState(sender?.address ?? '');
  const [replyTo, setReplyTo] = useState(sender?.reply_to ?? '');
  const [isDefault, setIsDefault] = useState(sender?.is_default ?? false);
  const save = useChange<void, Sender>(
    (api) => {
      const shared = { name: name.trim(), is_default: isDefault };
      const answers = replyTo.trim();
      return sender
        ? api.patch(`/senders/${sender.id}`, { ...shared, reply_to: answers || null })
        : api.post('/senders', {
            ...shared,
            address: address.trim(),
            ...(answers && { reply_to: answers }),
          });
    },
    ['/senders', '/sender_domains'],
  );
  return (
    <FormDialog
      title={t(sender ? 'senders.edit.title' : 'senders.add.title')}
      action={t(sender ? 'app.save' : 'senders.add')}
      noValidate
      ready={address.trim() !== ''}
      pending={save.isPending}
      problem={problemOfForm(save.error, t)}
      onSubmit={() =>
        save.mutate(undefined, {
          onSuccess: (saved) => {
            notifications.show({ message: t('senders.saved') });
            onSaved?.(saved);
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={t('senders.name')}
        description={t('senders.name.hint')}
        value={name}
        maxLength={100}
        dir="auto"
        error={errorAt(save.error, '/name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        type="email"
        label={t('senders.address')}
        description={sender ? t('senders.address.fixed') : undefined}
        placeholder={domain === undefined ? undefined : `hello@${domain}`}
        value={address}
        disabled={sender !== null}
        maxLength={254}
        error={errorAt(save.error, '/address')}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <TextInput
        type="email"
        label={t('senders.replyTo')}
        description={t('senders.replyTo.hint')}
        value={replyTo}
        maxLength={254}
        error={errorAt(save.error, '/reply_to')}
        onChange={(event) => setReplyTo(event.currentTarget.value)}
      />
      <Switch
        label={t('senders.default.label')}
        checked={isDefault}
        onChange={(event) => setIsDefault(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
