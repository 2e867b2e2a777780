import { Anchor } from '@mantine/core';
import type { ContactPromoCode } from '@perennial/contracts';
import { Panel, Time } from '@perennial/ui';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import classes from './PromoCodes.module.css';

/** The codes that workflows gave a contact. */
export function PromoCodesPanel({ contactId }: { contactId: string }) {
  const t = useText();
  const to = useTo();
  const codes = useList<ContactPromoCode>(`/contacts/${contactId}/promo_codes`, {
    query: { limit: undefined },
    every: 15_000,
  });
  // Most contacts have none: nothing is said where there is nothing.
  if (codes.items.length === 0) return null;
  return (
    <Panel title={t('promo.card')}>
      {codes.items.map(({ code, pool, pool_name: name, discount, taken_at: at }) => (
        <div key={`${pool} ${code}`} className={classes.cardLine}>
          <span className={classes.code}>{code}</span>
          <span className={classes.cardMeta}>
            <Time at={at} />
          </span>
          <span className={classes.cardMeta}>
            <Anchor component={Link} to={to(`settings/promo-codes/${pool}`)} inherit dir="auto">
              {name}
            </Anchor>
            {discount === null ? '' : ` · ${t('promo.card.off', { discount })}`}
          </span>
        </div>
      ))}
    </Panel>
  );
}
