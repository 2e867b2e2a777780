import type { Campaign, CampaignBalance } from '@perennial/contracts';
import { Panel, StatNumber } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { Bar } from './Bar.tsx';
import { reasonWords } from './reason-words.ts';
import classes from './Campaigns.module.css';

const OTHERS = ['held', 'waiting', 'cancelled', 'gone'] as const;

interface BalancePanelProps {
  campaign: Campaign;
  balance: CampaignBalance;
}

/** Where everybody of the audience is, to the last contact. */
export function BalancePanel({ campaign, balance }: BalancePanelProps) {
  const t = useText();
  const to = useTo();
  const { eligible, sent, queued, reasons } = balance;
  return (
    <Panel title={t('campaigns.balance')}>
      <div className={classes.form}>
        <StatNumber
          label={t('campaigns.balance.eligible')}
          value={eligible}
          hint={balance.complete || campaign.state === 'cancelled' ? null : t('campaigns.reading')}
        />
        <ul className={classes.list}>
          <li>
            <Bar label={t('campaigns.balance.sent')} value={sent} of={eligible} tone="accent" />
          </li>
          {queued > 0 ? (
            <li>
              <Bar label={t('campaigns.balance.queued')} value={queued} of={eligible} tone="info" />
            </li>
          ) : null}
          {reasons.map(({ gate, reason, n }) => (
            <li key={`${gate} ${reason}`}>
              <Bar
                label={reasonWords(reason, t)}
                value={n}
                of={eligible}
                to={to(`outbox?${notSent(campaign, reason)}`)}
              />
            </li>
          ))}
          {OTHERS.filter((name) => balance[name] > 0).map((name) => (
            <li key={name}>
              <Bar label={t(`campaigns.balance.${name}`)} value={balance[name]} of={eligible} />
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

/** Who did not get it for a reason, as the outbox shows them. */
function notSent({ id: campaign }: Campaign, reason: string): string {
  return String(new URLSearchParams({ show: 'refused', campaign, reason }));
}
