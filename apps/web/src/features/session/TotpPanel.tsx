import { Button, Group, PasswordInput } from '@mantine/core';
import { Copyable, Panel, StatusBadge } from '@perennial/ui';
import { useEffect, useState } from 'react';
import { problemWords } from '../../app/problem-words.ts';
import { useSession } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import {
  useTotpConfirmation,
  useTotpEnrolment,
  useTotpRemoval,
  type TotpEnrolment,
} from './account-calls.ts';
import { CodeField } from './CodeField.tsx';
import classes from './AccountPage.module.css';

export function TotpPanel() {
  const t = useText();
  const { user } = useSession();
  const on = user.totp_enabled;
  return (
    <Panel
      title={t('session.account.totp')}
      actions={
        <StatusBadge variant="soft" tone={on ? 'success' : 'neutral'}>
          {t(on ? 'session.account.totpOn' : 'session.account.totpOff')}
        </StatusBadge>
      }
    >
      {on ? <TurnOff /> : <TurnOn />}
    </Panel>
  );
}

function TurnOn() {
  const t = useText();
  const enrolment = useTotpEnrolment();
  const showProblem = useShowProblem();
  if (enrolment.data) return <Enrol enrolment={enrolment.data} />;
  return (
    <div className={classes.form}>
      <p className={classes.hint}>{t('session.account.totpWhy')}</p>
      <Button
        variant="default"
        loading={enrolment.isPending}
        onClick={() => enrolment.mutate(undefined, { onError: showProblem })}
      >
        {t('session.account.totpTurnOn')}
      </Button>
    </div>
  );
}

function Enrol({ enrolment }: { enrolment: TotpEnrolment }) {
  const t = useText();
  const picture = useQrCode(enrolment.uri);
  const confirm = useTotpConfirmation();
  return (
    <div className={classes.qr}>
      {picture ? (
        <img src={picture} width={160} height={160} alt={t('session.account.totpQr')} />
      ) : null}
      <div className={classes.form}>
        <p className={classes.hint}>{t('session.account.totpScan')}</p>
        <div className={classes.hint}>
          {t('session.account.totpKey')}: <Copyable value={enrolment.secret} mono />
        </div>
        <CodeField
          label={t('session.totp.code')}
          pending={confirm.isPending}
          error={confirm.error ? t('session.totp.wrong') : null}
          onComplete={(code) => confirm.mutate(code)}
        />
      </div>
    </div>
  );
}

/** The picture is made here: the secret in it goes to no one else. */
function useQrCode(uri: string): string | null {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    void import('qrcode')
      .then(({ toDataURL }) => toDataURL(uri, { margin: 2, width: 320 }))
      .then((drawn) => {
        if (wanted) setPicture(drawn);
      });
    return () => {
      wanted = false;
    };
  }, [uri]);
  return picture;
}

function TurnOff() {
  const t = useText();
  const [asked, setAsked] = useState(false);
  const [password, setPassword] = useState('');
  const removal = useTotpRemoval();
  if (!asked) {
    return (
      <div className={classes.form}>
        <p className={classes.hint}>{t('session.account.totpWhy')}</p>
        <Button variant="default" onClick={() => setAsked(true)}>
          {t('session.account.totpTurnOff')}
        </Button>
      </div>
    );
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        removal.mutate(password);
      }}
    >
      <PasswordInput
        autoFocus
        label={t('session.account.current')}
        description={t('session.account.totpTurnOffWhy')}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={removal.error ? refusalOf(removal.error) : null}
      />
      <Group gap="sm">
        <Button type="submit" color="red" disabled={password === ''} loading={removal.isPending}>
          {t('session.account.totpTurnOff')}
        </Button>
        <Button variant="default" onClick={() => setAsked(false)}>
          {t('app.cancel')}
        </Button>
      </Group>
    </form>
  );

  function refusalOf(error: NonNullable<typeof removal.error>): string {
    return error.errors.some((each) => each.path === '/password')
      ? t('session.account.wrongCurrent')
      : problemWords(error, t).detail;
  }
}
