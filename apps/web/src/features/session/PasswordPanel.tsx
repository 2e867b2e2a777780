import { Button, PasswordInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Panel } from '@perennial/ui';
import { useState, type FormEvent } from 'react';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { usePasswordChange } from './account-calls.ts';
import classes from './AccountPage.module.css';

const shortest = 8;

export function PasswordPanel() {
  const t = useText();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const change = usePasswordChange();
  const wrong = change.error?.errors.some((error) => error.path === '/current') ?? false;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (next.length < shortest) return;
    change.mutate({ current, next }, { onSuccess: done });
  };
  const done = () => {
    setCurrent('');
    setNext('');
    setTried(false);
    notifications.show({ message: t('session.account.changed') });
  };
  const refusal = change.error && !wrong ? problemWords(change.error, t).detail : null;
  return (
    <Panel title={t('session.account.password')}>
      <form className={classes.form} onSubmit={submit}>
        <PasswordInput
          label={t('session.account.current')}
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={wrong ? t('session.account.wrongCurrent') : null}
        />
        <PasswordInput
          label={t('session.account.next')}
          description={t('session.setup.passwordHint')}
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          error={tried && next.length < shortest ? t('session.setup.short') : refusal}
        />
        <Button
          type="submit"
          variant="default"
          disabled={current === '' || next === ''}
          loading={change.isPending}
        >
          {t('session.account.change')}
        </Button>
      </form>
    </Panel>
  );
}
