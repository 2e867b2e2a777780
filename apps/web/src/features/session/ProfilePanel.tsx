import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Panel } from '@perennial/ui';
import { useState } from 'react';
import { problemWords } from '../../app/problem-words.ts';
import { useSession } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useMeChange } from './account-calls.ts';
import classes from './AccountPage.module.css';

export function ProfilePanel() {
  const t = useText();
  const { user } = useSession();
  const [name, setName] = useState(user.name);
  const change = useMeChange();
  const unchanged = name.trim() === user.name;
  return (
    <Panel title={t('session.account.profile')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(
            { name: name.trim() },
            { onSuccess: () => notifications.show({ message: t('app.saved') }) },
          );
        }}
      >
        <TextInput label={t('session.email')} value={user.email} readOnly variant="filled" />
        <TextInput
          label={t('session.account.name')}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          error={change.error ? problemWords(change.error, t).detail : null}
        />
        <Button type="submit" variant="default" disabled={unchanged} loading={change.isPending}>
          {t('app.save')}
        </Button>
      </form>
    </Panel>
  );
}
