import type { SendBalances } from '@perennial/contracts';
import { Fact, Facts, Time } from '@perennial/ui';
import { FormattedNumber } from 'react-intl';
import { useRead } from '../../app/data.ts';
import { Rich, useText } from '../../app/text.tsx';
import classes from './Sending.module.css';
import { useReasonWords } from './use-reason-words.ts';

interface BalanceProps {
  workflow: string;
  block: string;
  className?: string | undefined;
}

/** Of a message block: everybody who was to get it, and what became of each wish. */
export function Balance({ workflow, block, className }: BalanceProps) {
  const t = useText();
  const { data } = useRead<SendBalances>(`/workflows/${workflow}/sends`, {
    every: 10_000,
  });
  const balance = data?.items.find((item) => item.block === block);
  if (!data || (!balance && !data.counted_since)) return null;
  return (
    <>
      <h3 className={className}>{t('sending.balance.title')}</h3>
      {balance ? (
        <Counts {...balance} />
      ) : (
        <p className={classes.since}>{t('sending.balance.noneLately')}</p>
      )}
      {data.counted_since ? (
        <p className={classes.since}>
          <Rich
            id="sending.balance.since"
            values={{ at: <Time key="at" at={data.counted_since} style="exact" /> }}
          />
        </p>
      ) : null}
    </>
  );
}

function Counts(balance: SendBalances['items'][number]) {
  const t = useText();
  const reasonOf = useReasonWords();
  const parts = [
    ...Object.entries(balance.waiting).map(([reason, n]) => ({
      label: t('sending.balance.waiting', { reason: reasonOf(reason) }),
      n,
    })),
    ...Object.entries(balance.refused).map(([reason, n]) => ({
      label: t('sending.balance.refused', { reason: reasonOf(reason) }),
      n,
    })),
  ].sort((a, b) => b.n - a.n);
  return (
    <Facts>
      <Fact label={t('sending.balance.eligible')}>
        <FormattedNumber value={balance.eligible} />
      </Fact>
      <Fact label={t('sending.balance.sent')}>
        <FormattedNumber value={balance.sent} />
      </Fact>
      {parts.map(({ label, n }) => (
        <Fact key={label} label={label}>
          <FormattedNumber value={n} />
        </Fact>
      ))}
    </Facts>
  );
}
