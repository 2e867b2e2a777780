import { Select } from '@mantine/core';
import { Panel } from '@perennial/ui';
import { useMemo } from 'react';
import { browserRegion } from '../../app/browser-region.ts';
import { formatOf } from '../../app/region-of.ts';
import { useSession } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { ThemeChoice } from '../../app/UserMenu.tsx';
import { useMeChange, type MeChange } from './account-calls.ts';
import { formatNames, zoneNames } from './regions.ts';
import classes from './AccountPage.module.css';

const sample = { date: new Date(), number: 1234567.89 };

/** Format of dates and numbers, time zone, theme; saved as they are chosen. */
export function RegionPanel() {
  const t = useText();
  const { user } = useSession();
  const showProblem = useShowProblem();
  const change = useMeChange();
  const format = formatOf(user.locale, browserRegion.format);
  const save = (values: MeChange) => change.mutate(values, { onError: showProblem });
  const formats = useMemo(() => formatNames(format), [format]);
  const zones = useMemo(() => zoneNames(user.time_zone), [user.time_zone]);
  return (
    <Panel title={t('session.account.region')}>
      <div className={classes.form}>
        <Select
          label={t('session.account.language')}
          data={[{ value: 'en', label: 'English' }]}
          value="en"
          allowDeselect={false}
        />
        <Select
          label={t('session.account.format')}
          data={formats}
          value={format}
          searchable
          allowDeselect={false}
          onChange={(locale) => locale && save({ locale })}
        />
        <div className={classes.sample}>{t('session.account.formatSample', sample)}</div>
        <Select
          label={t('session.account.zone')}
          placeholder={t('session.account.zoneBrowser', { zone: browserRegion.timeZone })}
          data={zones}
          value={user.time_zone}
          searchable
          clearable
          onChange={(time_zone) => save({ time_zone })}
        />
        <div>
          <div className={classes.hint}>
            {t('session.account.theme')}. {t('session.account.themeHint')}
          </div>
          <ThemeChoice />
        </div>
      </div>
    </Panel>
  );
}
