import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { Session } from '@perennial/contracts';
import { useMutation } from '@tanstack/react-query';
import { useContext, useState, type FormEvent } from 'react';
import { Navigate } from 'react-router';
import { createApi, type ApiProblem } from '../../api.ts';
import { problemWords } from '../../app/problem-words.ts';
import { SessionContext } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { CodeField } from './CodeField.tsx';
import { EntryPage } from './EntryPage.tsx';
import { useEnter } from './use-enter.ts';
import classes from './EntryPage.module.css';

interface Credentials {
  email: string;
  password: string;
  totp?: string;
}

const api = createApi({});
const needsCode = new Set<string | undefined>(['totp_required', 'totp_invalid']);

export function LogInPage() {
  const t = useText();
  const enter = useEnter();
  const session = useContext(SessionContext);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const logIn = useMutation<Session, ApiProblem, Credentials>({
    mutationFn: (credentials) => api.post<Session>('/session', credentials),
    onSuccess: enter,
    onError: (problem) => setAsksCode(needsCode.has(problem.code)),
  });
  if (session && !logIn.isSuccess) return <Navigate to="/" replace />;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    logIn.mutate({ email, password });
  };
  if (asksCode) {
    return (
      <EntryPage title={t('session.totp.title')} detail={t('session.totp.detail')}>
        <div className={classes.form}>
          <CodeField
            label={t('session.totp.code')}
            pending={logIn.isPending}
            error={logIn.error?.code === 'totp_invalid' ? t('session.totp.wrong') : null}
            onComplete={(totp) => logIn.mutate({ email, password, totp })}
          />
          <Button variant="subtle" color="gray" onClick={() => setAsksCode(false)}>
            {t('session.totp.back')}
          </Button>
        </div>
      </EntryPage>
    );
  }
  return (
    <EntryPage title={t('session.logIn.title')} foot={t('session.forgot')}>
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          size="md"
          type="email"
          label={t('session.email')}
          autoComplete="username"
          autoFocus
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          size="md"
          label={t('session.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={logIn.error ? refusal(logIn.error, t) : null}
        />
        <Button type="submit" size="md" loading={logIn.isPending}>
          {t('session.logIn')}
        </Button>
      </form>
    </EntryPage>
  );
}

function refusal(problem: ApiProblem, t: Say): string {
  if (problem.status === 401) return t('session.wrong');
  if (problem.status === 429) return t('session.tooMany', { seconds: problem.retryAfter ?? 0 });
  const { title, detail } = problemWords(problem, t);
  return `${title}. ${detail}`;
}
