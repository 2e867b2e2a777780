import { Alert, Button, Group, Modal, Progress, Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { App } from '@perennial/contracts';
import { IconShieldExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { useChange } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import classes from './Apps.module.css';
import { confirmText } from './confirm-text.ts';
import { SigningKeys } from './SigningKeys.tsx';

/** Whether the app must prove who its users are, and how ready it is for that. */
export function IdentitySection({ app }: { app: App }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const showProblem = useShowProblem();
  const [asking, setAsking] = useState(false);
  const change = useChange(
    (api, required: boolean) => api.patch(`/apps/${app.id}`, { require_verified: required }),
    ['/apps'],
  );
  const turn = (required: boolean) =>
    change.mutate(required, {
      onError: showProblem,
      onSuccess: () => {
        setAsking(false);
        notifications.show({
          message: t(required ? 'apps.identity.required' : 'apps.identity.optional', {
            name: app.name,
          }),
        });
      },
    });
  const ready = app.signing_keys.length > 0;
  return (
    <div className={classes.identity}>
      <Switch
        label={t('apps.identity.require')}
        description={ready ? t('apps.identity.what') : t('apps.identity.first')}
        checked={app.require_verified}
        disabled={!mayWrite || (!ready && !app.require_verified)}
        onChange={(event) => (event.currentTarget.checked ? setAsking(true) : turn(false))}
      />
      {app.require_verified ? null : (
        <Alert
          variant="light"
          color="yellow"
          icon={<IconShieldExclamation size={18} stroke={1.5} />}
        >
          {t(app.platform === 'server' ? 'apps.identity.server' : 'apps.identity.why')}
        </Alert>
      )}
      {ready ? <Calls app={app} /> : null}
      <SigningKeys app={app} />
      {asking ? (
        <Modal
          opened
          onClose={() => setAsking(false)}
          title={t('apps.identity.confirm.title', { name: app.name })}
          size={480}
        >
          <p className={classes.text}>
            {t(confirmText(app.calls), {
              unverified: app.calls.unverified + app.calls.invalid,
            })}
          </p>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('app.cancel')}
            </Button>
            <Button loading={change.isPending} onClick={() => turn(true)}>
              {t('apps.identity.confirm.go')}
            </Button>
          </Group>
        </Modal>
      ) : null}
    </div>
  );
}

/** How many calls would keep their user if tokens were required. */
function Calls({ app }: { app: App }) {
  const t = useText();
  const intl = useIntl();
  const { verified, unverified, invalid } = app.calls;
  const all = verified + unverified + invalid;
  if (all === 0) return <p className={classes.muted}>{t('apps.identity.noCalls')}</p>;
  // Cut, not rounded: "100 %" says that nobody would be left out.
  const share = intl.formatNumber(Math.floor((1000 * verified) / all) / 1000, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  return (
    <div className={classes.calls}>
      <div>{t('apps.identity.share', { share })}</div>
      <Progress
        value={(100 * verified) / all}
        aria-label={t('apps.identity.share', { share })}
        size="sm"
      />
      <div className={classes.muted}>
        {t('apps.identity.calls', { verified, unverified, invalid })}
      </div>
    </div>
  );
}
