import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { SenderDomain } from '@perennial/contracts';
import { Panel, Time, useNow } from '@perennial/ui';
import { IconKey, IconRotateClockwise2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { problemOfForm } from '../../app/form-problem.ts';
import { Rich, useText } from '../../app/text.tsx';
import classes from './Keys.module.css';
import { KeyTrack } from './KeyTrack.tsx';

/** Both DKIM keys, each on its way from made to retired, and what the next step is. */
export function KeysPanel({ domain }: { domain: SenderDomain }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const { keys } = domain.rotation;
  return (
    <Panel title={t('domains.keys')}>
      <p className={classes.lead}>{t('domains.keys.detail')}</p>
      <div className={classes.tracks}>
        {keys.map((key) => (
          <KeyTrack key={key.selector} dkimKey={key} />
        ))}
      </div>
      <div className={classes.next}>
        <NextStep domain={domain} mayWrite={mayWrite} />
      </div>
    </Panel>
  );
}

interface NextStepProps {
  domain: SenderDomain;
  mayWrite: boolean;
}

/** One thing to do at a time: let the other sign, or make the retired one anew. */
function NextStep({ domain, mayWrite }: NextStepProps) {
  const retired = domain.rotation.keys.find(({ state }) => state === 'retired');
  return retired ? (
    <Renew domain={domain} selector={retired.selector} mayWrite={mayWrite} />
  ) : (
    <Rotate domain={domain} mayWrite={mayWrite} />
  );
}

function Rotate({ domain, mayWrite }: NextStepProps) {
  const t = useText();
  const now = useNow();
  const showProblem = useShowProblem();
  const { id, rotation } = domain;
  const selector = rotation.next_selector;
  const rotate = useChange((api) => api.post(`/sender_domains/${id}/rotate`), ['/sender_domains']);
  const isDue = rotation.due_at !== null && Date.parse(rotation.due_at) <= now;
  return (
    <>
      <p className={classes.words} data-due={isDue || undefined}>
        {isDue ? (
          t('domains.keys.due')
        ) : !rotation.ready ? (
          t('domains.keys.rotate.wait')
        ) : rotation.due_at === null ? null : (
          <Rich
            id="domains.keys.dueAt"
            values={{ at: <Time key="at" at={rotation.due_at} style="exact" /> }}
          />
        )}
      </p>
      {mayWrite ? (
        <Button
          variant={isDue ? 'filled' : 'default'}
          size="xs"
          leftSection={<IconRotateClockwise2 size={14} />}
          disabled={!rotation.ready}
          loading={rotate.isPending}
          onClick={() =>
            rotate.mutate(undefined, {
              onError: showProblem,
              onSuccess: () =>
                notifications.show({ message: t('domains.keys.rotated', { selector }) }),
            })
          }
        >
          {t('domains.keys.rotate', { selector })}
        </Button>
      ) : null}
    </>
  );
}

function Renew({ domain, selector, mayWrite }: NextStepProps & { selector: string }) {
  const t = useText();
  const now = useNow();
  const [insisting, setInsisting] = useState(false);
  const { id, rotation } = domain;
  const renew = useChange<boolean>(
    (api, even) => api.post(`/sender_domains/${id}/renew-key`, { even_in_transit: even }),
    ['/sender_domains'],
  );
  const until = rotation.renew_after;
  const waits = until !== null && Date.parse(until) > now;
  const make = (even: boolean) =>
    renew.mutate(even, {
      onSuccess: () => {
        setInsisting(false);
        notifications.show({ message: t('domains.keys.renewed') });
      },
    });
  return (
    <>
      <p className={classes.words}>
        {waits ? (
          <Rich
            id="domains.keys.renewAfter"
            values={{ selector, at: <Time key="at" at={until} style="exact" /> }}
          />
        ) : null}
      </p>
      {mayWrite ? (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconKey size={14} />}
          loading={renew.isPending}
          onClick={() => (waits ? setInsisting(true) : make(false))}
        >
          {t(waits ? 'domains.keys.renewNow' : 'domains.keys.renew', { selector })}
        </Button>
      ) : null}
      {insisting ? (
        <FormDialog
          title={t('domains.keys.renew.title', { selector })}
          action={t('domains.keys.renewNow')}
          isFinal
          pending={renew.isPending}
          problem={problemOfForm(renew.error, t)}
          onSubmit={() => make(true)}
          onClose={() => setInsisting(false)}
        >
          {t('domains.keys.renew.detail')}
        </FormDialog>
      ) : null}
    </>
  );
}
