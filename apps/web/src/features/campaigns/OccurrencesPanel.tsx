import { Anchor } from '@mantine/core';
import type { Campaign, CampaignListItem } from '@perennial/contracts';
import { Panel, StatusBadge } from '@perennial/ui';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { campaignTones } from './campaign-state.ts';
import classes from './Campaigns.module.css';

/** The campaigns that a recurring one has made, the newest first. */
export function OccurrencesPanel({ campaign: { id, state } }: { campaign: Campaign }) {
  const t = useText();
  const to = useTo();
  const { items, loading } = useList<CampaignListItem>('/campaigns', {
    query: { series: id, limit: 20 },
    every: 5_000,
  });
  if (items.length === 0 && (loading || state === 'draft')) return null;
  return (
    <Panel title={t('campaigns.occurrences')}>
      {items.length === 0 ? (
        <p className={classes.note}>{t('campaigns.occurrences.none')}</p>
      ) : null}
      <ul className={classes.list}>
        {items.map((each) => (
          <li key={each.id} className={classes.bar}>
            <Anchor component={Link} to={to(`campaigns/${each.id}`)} inherit dir="auto">
              {each.name}
            </Anchor>
            <StatusBadge tone={campaignTones[each.state]} live={each.state === 'running'}>
              {t(`campaigns.state.${each.state}`)}
            </StatusBadge>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
