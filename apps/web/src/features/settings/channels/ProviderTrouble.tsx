import type { Provider } from '@perennial/contracts';
import { Time, useNow } from '@perennial/ui';
import { Rich, useText } from '../../../app/text.tsx';
import classes from './Channels.module.css';

/** What a provider said last, where it was no good, and when it is tried again. */
export function ProviderTrouble({ provider }: { provider: Provider }) {
  const { problem, condition } = provider;
  if (problem === null) return null;
  return (
    <div className={classes.trouble} data-mild={condition === 'throttled' || undefined}>
      <div className={classes.problem} dir="auto">
        {problem}
      </div>
      {provider.enabled && condition !== 'broken' ? <NextTry provider={provider} /> : null}
    </div>
  );
}

function NextTry({ provider: { paused_until: until } }: { provider: Provider }) {
  const t = useText();
  const now = useNow();
  const isLater = until !== null && Date.parse(until) > now;
  return (
    <div className={classes.muted}>
      {isLater ? (
        <Rich
          id="settings.channels.triedAt"
          values={{ at: <Time key="at" at={until} style="clock" /> }}
        />
      ) : (
        t('settings.channels.triedNext')
      )}
    </div>
  );
}
