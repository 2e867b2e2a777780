import { SegmentedControl, Select } from '@mantine/core';
import type { Campaign, CampaignReport } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { useState } from 'react';
import { FormattedNumber } from 'react-intl';
import { useText } from '../../app/text.tsx';
import { ClickMap } from './click-map/ClickMap.tsx';
import { letterOf } from './split-shares.ts';
import classes from './Campaigns.module.css';

interface LinksPanelProps {
  campaign: Campaign;
  report: CampaignReport;
}

/** What was clicked, on the picture of the message and as a table. */
export function LinksPanel({ campaign, report: { links, variants } }: LinksPanelProps) {
  const t = useText();
  const [shown, setShown] = useState<'map' | 'table'>('map');
  const [chosen, setChosen] = useState(campaign.message);
  if (links.length === 0) {
    return (
      <Panel title={t('campaigns.report.links')}>
        <p className={classes.note}>{t('campaigns.report.noLinks')}</p>
      </Panel>
    );
  }
  const hasMap = campaign.channel === 'email' && chosen !== null;
  const isMap = hasMap && shown === 'map';
  return (
    <Panel
      flush
      title={t('campaigns.report.links')}
      actions={
        hasMap ? (
          <div className={classes.actions}>
            {isMap && variants.length > 1 ? (
              <Select
                size="xs"
                aria-label={t('campaigns.map.variant')}
                data={variants.map(({ message, name }, i) => ({
                  value: message,
                  label: `${letterOf(i)} · ${name}`,
                }))}
                value={chosen}
                allowDeselect={false}
                onChange={setChosen}
              />
            ) : null}
            <SegmentedControl
              size="xs"
              aria-label={t('campaigns.map.show')}
              data={[
                { value: 'map', label: t('campaigns.map') },
                { value: 'table', label: t('campaigns.map.table') },
              ]}
              value={shown}
              onChange={(value) => setShown(value)}
            />
          </div>
        ) : null
      }
    >
      {isMap ? <ClickMap message={chosen} links={links} /> : <LinksTable links={links} />}
    </Panel>
  );
}

/** The same address in several messages is one row: nobody gets two of them. */
function LinksTable({ links }: { links: CampaignReport['links'] }) {
  const t = useText();
  const rows = [...Map.groupBy(links, ({ url }) => url)].map(([url, own]) => ({
    url,
    clicks: own.reduce((sum, { clicks }) => sum + clicks, 0),
    contacts: own.reduce((sum, { contacts }) => sum + contacts, 0),
  }));
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('campaigns.report.url')}</th>
            <th scope="col">{t('campaigns.report.clicks')}</th>
            <th scope="col">{t('campaigns.report.contacts')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ url, clicks, contacts }) => (
            <tr key={url}>
              <td dir="ltr" className={classes.url}>
                {url}
              </td>
              <td>
                <FormattedNumber value={clicks} />
              </td>
              <td>
                <FormattedNumber value={contacts} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
