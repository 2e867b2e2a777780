import { Alert, TextInput } from '@mantine/core';
import type { Provider, ProviderTrialOutcome } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { errorAt, problemOfForm } from '../../../app/form-problem.ts';
import { FormDialog } from '../../../app/FormDialog.tsx';
import { useSession } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import classes from './Channels.module.css';

interface TryProviderProps {
  provider: Provider;
  onClose: () => void;
}

/** Sends a test through this very provider and shows what it answered. */
export function TryProvider({ provider, onClose }: TryProviderProps) {
  const t = useText();
  const { user } = useSession();
  const [to, setTo] = useState(user.email);
  const trial = useChange<void, ProviderTrialOutcome>(
    (api) => api.post(`/providers/${provider.id}/try`, { to: to.trim() }),
    ['/providers'],
  );
  return (
    <FormDialog
      title={t('settings.channels.try.title', { name: provider.name })}
      action={t('settings.channels.try.send')}
      noValidate
      ready={to.trim() !== ''}
      pending={trial.isPending}
      problem={problemOfForm(trial.error, t)}
      onSubmit={() => trial.mutate()}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        type="email"
        label={t('settings.channels.try.to')}
        description={t('settings.channels.try.hint')}
        value={to}
        error={errorAt(trial.error, '/to')}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      {trial.data && !trial.isPending ? <Outcome {...trial.data} /> : null}
    </FormDialog>
  );
}

function Outcome({ outcome, answer, ref, reason }: ProviderTrialOutcome) {
  const t = useText();
  const isGood = outcome === 'accepted';
  return (
    <Alert
      variant="light"
      {...(!isGood && { color: outcome === 'uncertain' ? 'yellow' : 'red' })}
      title={t(`settings.channels.try.${outcome}`)}
      role="status"
    >
      <div className={classes.answer} dir="auto">
        {answer ?? (isGood ? null : reason)}
      </div>
      {ref ? <div className={classes.muted}>{t('settings.channels.try.ref', { ref })}</div> : null}
    </Alert>
  );
}
