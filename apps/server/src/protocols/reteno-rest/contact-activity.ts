import type { ToldFact } from '../../reports/index.ts';
import { activityStatus, MEDIA_TYPES } from './activity-words.ts';

/** A fact as the REST API and its webhooks tell it; undefined: they have no word for it. */
export function contactActivity({ fact, contact, delivery, tags }: ToldFact): object | undefined {
  const params = fact.params ?? {};
  const channel = delivery?.channel ?? textOf(params['channel']);
  const status = activityStatus(fact.type, channel);
  if (!status) return undefined;
  const address = delivery?.address ?? textOf(params['address']);
  return present({
    // The same wherever the fact is told, so that a repeat is known.
    iid: `${fact.id}`,
    activityStatus: status,
    activityDateTime: fact.occurred_at.toISOString(),
    mediaType: channel && MEDIA_TYPES[channel],
    contactId: fact.contact_id,
    externalCustomerId: contact?.external_id,
    ...addressOf(channel, address ?? contact?.email ?? undefined),
    ...(delivery && {
      messageId: delivery.message_id,
      messageInstanceId: delivery.delivery_id,
      messageName: delivery.message_name,
      messageTag: tags.join(','),
      messageLanguageCode: delivery.language,
      broadcastId: delivery.campaign_id,
      workflowId: delivery.workflow_id,
      workflowBlockId: delivery.block,
      workflowInstanceId: delivery.run_id,
      sourceEventId: delivery.event?.id,
      sourceEventKey: delivery.event?.key,
      sourceEventTypeKey: delivery.event?.event,
      externalRequestId: delivery.external_request_id,
    }),
    clickEventLink: status === 'CLICKED' ? textOf(params['url']) : undefined,
    ...(status === 'UNDELIVERED' && {
      statusDescription: delivery?.provider_answer ?? delivery?.reason ?? textOf(params['reason']),
      hardBounce: delivery?.bounce === 'dead',
    }),
    ...(status === 'SUBSCRIPTION_CHANGED' && {
      statusData: { subscription: { subscriptions: params['subscribed'] ?? [] } },
    }),
  });
}

/** Named by the channel it is of. */
function addressOf(channel: string | undefined, address: string | undefined): object {
  const name = channel && MEDIA_TYPES[channel];
  return { [name ?? 'email']: address };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function present(members: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) => value !== undefined && value !== null && value !== '',
    ),
  );
}
