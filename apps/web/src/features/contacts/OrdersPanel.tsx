import { Button } from '@mantine/core';
import type { Order } from '@perennial/contracts';
import { Panel, StatusBadge, Time } from '@perennial/ui';
import { FormattedNumber } from 'react-intl';
import { useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import classes from './ContactPage.module.css';

const tones = {
  INITIALIZED: 'neutral',
  IN_PROGRESS: 'neutral',
  DELIVERED: 'success',
  CANCELLED: 'danger',
  ABANDONED_SHOPPING_CART: 'warning',
} as const;

/** The contact's orders, newest first; their history is in the activity. */
export function OrdersPanel({ contactId }: { contactId: string }) {
  const t = useText();
  const orders = useList<Order>(`/contacts/${contactId}/orders`, {
    query: { limit: 5 },
    every: 15_000,
  });
  // Most workspaces have none: nothing is said where there is nothing.
  if (orders.items.length === 0) return null;
  return (
    <Panel title={t('contacts.orders')}>
      {orders.items.map((order) => (
        <OrderLine key={order.id} order={order} />
      ))}
      {orders.hasMore ? (
        <Button variant="subtle" size="xs" loading={orders.loadingMore} onClick={orders.more}>
          {t('contacts.orders.more')}
        </Button>
      ) : null}
    </Panel>
  );
}

function OrderLine({ order }: { order: Order }) {
  const t = useText();
  return (
    <div className={classes.order}>
      <span className={classes.orderId} dir="auto">
        {order.id}
      </span>
      <span className={classes.orderTotal}>
        <Total order={order} />
      </span>
      <div className={classes.orderMeta}>
        <Time at={order.ordered_at} />
        {order.items.length > 0
          ? ` · ${t('contacts.orders.items', { n: order.items.length })}`
          : ''}
      </div>
      <div className={classes.orderStatus}>
        <StatusBadge tone={tones[order.status]}>{t(`contacts.orders.${order.status}`)}</StatusBadge>
      </div>
    </div>
  );
}

function Total({ order: { total, currency } }: { order: Order }) {
  return currency ? (
    <FormattedNumber value={total} style="currency" currency={currency} />
  ) : (
    <FormattedNumber value={total} minimumFractionDigits={2} />
  );
}
