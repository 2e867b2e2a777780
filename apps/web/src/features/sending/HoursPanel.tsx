import { Button, Group, NumberInput, Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { SendWindow, WorkspaceSettings } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { USUAL_HOURS } from './hours.ts';
import { HoursField } from './HoursField.tsx';
import classes from './Sending.module.css';

/** When marketing of the workspace may leave, and how what waited is spread. */
export function HoursPanel({ settings }: { settings: WorkspaceSettings }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [hours, setHours] = useState<SendWindow | null>(settings.send_hours);
  const [minutes, setMinutes] = useState(settings.release_minutes);
  const save = useChange(
    (api) => api.patch('/settings', { send_hours: hours, release_minutes: minutes }),
    ['/settings'],
  );
  const unchanged =
    JSON.stringify(hours) === JSON.stringify(settings.send_hours) &&
    minutes === settings.release_minutes;
  return (
    <Panel title={t('sending.hours.title')}>
      <div className={classes.form}>
        <Switch
          label={t('sending.hours.switch')}
          description={t('sending.hours.hint')}
          checked={hours !== null}
          disabled={!mayWrite}
          onChange={(event) => setHours(event.currentTarget.checked ? USUAL_HOURS : null)}
        />
        {hours ? <HoursField value={hours} readOnly={!mayWrite} onChange={setHours} /> : null}
        <NumberInput
          label={t('sending.release')}
          description={t('sending.release.hint')}
          suffix={` ${t('sending.release.minutes').toLocaleLowerCase()}`}
          min={0}
          max={720}
          allowDecimal={false}
          value={minutes}
          readOnly={!mayWrite}
          error={save.error ? problemWords(save.error, t).detail : null}
          onChange={(next) => setMinutes(Number(next) || 0)}
        />
        {mayWrite ? (
          <Group>
            <Button
              disabled={unchanged || hours?.days?.length === 0}
              loading={save.isPending}
              onClick={() =>
                save.mutate(undefined, {
                  onSuccess: () => notifications.show({ message: t('sending.saved') }),
                })
              }
            >
              {t('app.save')}
            </Button>
          </Group>
        ) : null}
      </div>
    </Panel>
  );
}
