import { Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlant2 } from '@tabler/icons-react';
import { useChange, useRead } from './data.ts';
import { useRight } from './session.ts';
import { useText } from './text.tsx';
import classes from './SampleBanner.module.css';

interface Simulator {
  running: boolean;
}

/** The thin strip of the sample workspace, with the switch of its simulator. */
export function SampleBanner() {
  const t = useText();
  const mayChange = useRight('settings.write');
  const simulator = useRead<Simulator>('/simulator', { every: 30_000 });
  const change = useChange<boolean, Simulator>(
    (api, running) => api.patch('/simulator', { running }),
    ['/simulator'],
  );
  const running = change.isPending ? change.variables : simulator.data?.running;
  return (
    <div className={classes.banner}>
      <IconPlant2 size={16} aria-hidden className={classes.icon} />
      <span className={classes.text}>
        {t('app.sample.banner')} <span className={classes.more}>{t('app.sample.inside')}</span>
      </span>
      {running === undefined ? null : (
        <>
          <span className={classes.state}>{t(running ? 'app.sample.on' : 'app.sample.off')}</span>
          <Switch
            size="xs"
            label={t('app.sample.simulator')}
            labelPosition="left"
            checked={running}
            disabled={!mayChange}
            onChange={(event) =>
              change.mutate(event.currentTarget.checked, {
                onError: () =>
                  notifications.show({ color: 'red', message: t('app.sample.failed') }),
              })
            }
          />
        </>
      )}
    </div>
  );
}
