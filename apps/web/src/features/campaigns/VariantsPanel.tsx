import { Anchor } from '@mantine/core';
import type { Campaign, CampaignReport } from '@perennial/contracts';
import { Panel, StatusBadge, Time } from '@perennial/ui';
import { FormattedNumber, useIntl } from 'react-intl';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { ChooseWinner } from './ChooseWinner.tsx';
import { isClear, type Tested } from './is-clear.ts';
import { liftOf, type Lift } from './lift.ts';
import { RateWithInterval, scaleOf } from './RateWithInterval.tsx';
import { letterOf } from './split-shares.ts';
import classes from './Campaigns.module.css';

interface VariantsPanelProps {
  campaign: Campaign;
  variants: CampaignReport['variants'];
}

/** The messages of a campaign beside each other. */
export function VariantsPanel({ campaign, variants }: VariantsPanelProps) {
  const t = useText();
  if (!campaign.split) return null;
  const { test } = campaign.split;
  const by = test?.by ?? 'opened';
  const counts = campaign.winner_result?.counts ?? variants.map((each) => testedOf(each, by));
  const scale = scaleOf(counts);
  return (
    <Panel title={t('campaigns.variants')} flush>
      <div className={classes.scroll}>
        <table className={`${classes.table} ${classes.compact}`}>
          <thead>
            <tr>
              <th scope="col">{t('campaigns.message')}</th>
              <th scope="col">{t('campaigns.report.sent')}</th>
              <th scope="col">{t('campaigns.report.opened')}</th>
              <th scope="col">{t('campaigns.report.clicked')}</th>
              {by === 'event' ? <th scope="col">{t('campaigns.test.by.event')}</th> : null}
              <th scope="col">{t(`campaigns.variants.rate.${by}`)}</th>
              <th scope="col">{t('campaigns.variants.lift')}</th>
            </tr>
          </thead>
          <tbody>
            {variants.map((variant, i) => (
              <tr key={variant.message}>
                <td>
                  <Name variant={variant} n={i} won={campaign.winner === i} />
                  <ChooseWinner campaign={campaign} variant={i} />
                </td>
                <td>
                  <FormattedNumber value={variant.sent} />
                </td>
                <td>
                  <FormattedNumber value={variant.opened} />
                </td>
                <td>
                  <FormattedNumber value={variant.clicked} />
                </td>
                {by === 'event' ? (
                  <td>
                    <FormattedNumber value={variant.converted ?? 0} />
                  </td>
                ) : null}
                <td>
                  <RateWithInterval counts={counts[i]!} scale={scale} />
                </td>
                <td>{i === 0 ? '–' : <LiftCell lift={liftOf(counts[i]!, counts[0]!)} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Verdict campaign={campaign} counts={counts} />
    </Panel>
  );
}

function testedOf(
  { sent, opened, clicked, converted }: CampaignReport['variants'][number],
  by: 'opened' | 'clicked' | 'event',
): Tested {
  return { sent, did: { opened, clicked, event: converted ?? 0 }[by] };
}

interface NameProps {
  variant: CampaignReport['variants'][number];
  n: number;
  won: boolean;
}

function Name({ variant: { message, name }, n, won }: NameProps) {
  const t = useText();
  const to = useTo();
  return (
    <span className={classes.variantName}>
      <span className={classes.letter} aria-hidden>
        {letterOf(n)}
      </span>
      <span>
        <Anchor component={Link} to={to(`messages/${message}`)} inherit dir="auto">
          {name}
        </Anchor>{' '}
        {won ? (
          <StatusBadge tone="success" variant="soft">
            {t('campaigns.variants.winner')}
          </StatusBadge>
        ) : null}
      </span>
    </span>
  );
}

/** Against the first variant. */
function LiftCell({ lift: { relative, sure } }: { lift: Lift }) {
  const t = useText();
  const intl = useIntl();
  if (relative === null) return <>–</>;
  const percent = intl.formatNumber(relative, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  return (
    <>
      {percent}
      {sure === null ? null : (
        <div className={classes.rate}>
          {t('campaigns.variants.sure', {
            // Never all of it: what was counted is a sample.
            sure: intl.formatNumber(Math.min(sure, 0.999), {
              style: 'percent',
              maximumFractionDigits: 1,
            }),
          })}
        </div>
      )}
    </>
  );
}

/** How the winner was found, or will be, and how sure the difference is. */
function Verdict({ campaign, counts }: { campaign: Campaign; counts: readonly Tested[] }) {
  const t = useText();
  const { winner, winner_result: result, split, tested_at: testedAt, state } = campaign;
  const rates = counts.map(({ did, sent }) => (sent > 0 ? did / sent : 0));
  const best = winner ?? rates.indexOf(Math.max(...rates));
  const waits = split?.test?.wait_minutes;
  return (
    <div className={classes.verdict}>
      {result ? (
        <p>
          {t(`campaigns.variants.how.${result.how}`, { letter: letterOf(best) })}{' '}
          <Time at={result.at} style="exact" />
        </p>
      ) : null}
      {!result && testedAt && waits && state !== 'cancelled' ? (
        <p>
          {t('campaigns.variants.until')}{' '}
          <Time at={new Date(Date.parse(testedAt) + waits * 60_000).toISOString()} style="exact" />
        </p>
      ) : null}
      {counts.some(({ sent }) => sent > 0) ? (
        <p className={classes.note}>
          {t(isClear(counts, best) ? 'campaigns.variants.clear' : 'campaigns.variants.unclear', {
            letter: letterOf(best),
          })}{' '}
          {t('campaigns.variants.note')}
        </p>
      ) : null}
    </div>
  );
}
