import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { Session, SetupInfo } from '@perennial/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { createApi, type ApiProblem } from '../../api.ts';
import type { TextId } from '../../app/catalogue.ts';
import { Problem } from '../../app/Problem.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { CodeField } from './CodeField.tsx';
import { EntryPage } from './EntryPage.tsx';
import { useEnter } from './use-enter.ts';
import classes from './EntryPage.module.css';

const api = createApi({});
const shortest = 8;

const words: Record<SetupInfo['purpose'], { title: TextId; detail: TextId }> = {
  first_login: { title: 'session.setup.first.title', detail: 'session.setup.first.detail' },
  invitation: {
    title: 'session.setup.invitation.title',
    detail: 'session.setup.invitation.detail',
  },
  password_reset: { title: 'session.setup.reset.title', detail: 'session.setup.reset.detail' },
};

/** Where a one-time link leads: first log-in, invitation, new password. */
export function SetupPage() {
  const t = useText();
  const [parameters] = useSearchParams();
  const token = parameters.get('token') ?? '';
  const info = useQuery<SetupInfo, ApiProblem>({
    queryKey: ['setup', token],
    queryFn: () => api.get<SetupInfo>('/session/setup', { query: { token } }),
    retry: false,
    staleTime: Infinity,
  });
  if (info.error && info.error.status >= 400 && info.error.status < 500) {
    return (
      <EntryPage title={t('session.setup.used.title')} detail={t('session.setup.used.detail')}>
        <div className={classes.form}>
          <Button component={Link} to="/login" variant="default">
            {t('session.setup.toLogIn')}
          </Button>
        </div>
      </EntryPage>
    );
  }
  if (info.error) return <Problem error={info.error} onRetry={() => void info.refetch()} />;
  if (!info.data) return null;
  const { title, detail } = words[info.data.purpose];
  return (
    <EntryPage title={t(title)} detail={t(detail, { email: info.data.email })}>
      <SetupForm token={token} info={info.data} />
    </EntryPage>
  );
}

interface Answers {
  token: string;
  password: string;
  name?: string;
  totp?: string;
}

function SetupForm({ token, info }: { token: string; info: SetupInfo }) {
  const t = useText();
  const enter = useEnter();
  const [name, setName] = useState(info.name);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
  const set = useMutation<Session, ApiProblem, Answers>({
    mutationFn: (answers) => api.post<Session>('/session/setup', answers),
    onSuccess: enter,
  });
  const answers: Answers = { token, password, ...(name.trim() ? { name: name.trim() } : {}) };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (password.length < shortest) return;
    if (info.totp_required) setAsksCode(true);
    else set.mutate(answers);
  };
  const failure = set.error ? problemWords(set.error, t).detail : null;
  if (asksCode) {
    return (
      <div className={classes.form}>
        <CodeField
          label={t('session.totp.code')}
          pending={set.isPending}
          error={set.error?.code === 'totp_invalid' ? t('session.totp.wrong') : failure}
          onComplete={(totp) => set.mutate({ ...answers, totp })}
        />
      </div>
    );
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      {/* Lets password managers file the password under the right account. */}
      <input type="email" autoComplete="username" value={info.email} readOnly hidden />
      {info.purpose === 'password_reset' ? null : (
        <TextInput
          size="md"
          label={t('session.setup.name')}
          description={t('session.setup.nameHint')}
          autoComplete="name"
          autoFocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <PasswordInput
        size="md"
        label={t('session.password')}
        description={t('session.setup.passwordHint')}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={tried && password.length < shortest ? t('session.setup.short') : failure}
      />
      <Button type="submit" size="md" loading={set.isPending}>
        {t('session.setup.go')}
      </Button>
    </form>
  );
}
