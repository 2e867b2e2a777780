import { Select, TextInput } from '@mantine/core';
import { ALL_ROLES, type Role } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { LinkDialog } from './LinkDialog.tsx';

interface Invitation {
  email: string;
  role: Role;
  name?: string;
}

/** Invites somebody with a role; the answer is a link to hand over. */
export function InviteUser({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('marketer');
  const invite = useChange<Invitation, { link: string | null }>(
    (api, invitation) => api.post('/users', invitation),
    ['/users'],
  );
  if (invite.data) return <LinkDialog link={invite.data.link} email={email} onClose={onClose} />;
  const submit = () => {
    const named = name.trim() ? { name: name.trim() } : {};
    invite.mutate({ email: email.trim(), role, ...named });
  };
  return (
    <FormDialog
      title={t('settings.users.invite.title')}
      action={t('settings.users.invite.go')}
      ready={email.trim() !== ''}
      pending={invite.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        type="email"
        label={t('settings.users.invite.email')}
        value={email}
        error={invite.error ? problemWords(invite.error, t).detail : null}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <TextInput
        label={t('settings.users.invite.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('settings.users.invite.role')}
        data={ALL_ROLES.map((each) => ({ value: each, label: t(`settings.role.${each}`) }))}
        value={role}
        allowDeselect={false}
        onChange={(next) => next && setRole(next)}
      />
    </FormDialog>
  );
}
