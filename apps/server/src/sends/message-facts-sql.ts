import type { MessageAction, SqlFacts } from '@perennial/conditions';
import type { Asking } from '../contacts/index.ts';
import { typeIdSql } from '../events/index.ts';

/**
 * What became of messages, as conditions measure it: the facts that are told of sends. Indexes
 * events_by_type, events_pkey, sends_pkey.
 */
export function messageFactsSql(action: MessageAction, machine: boolean, asking: Asking): SqlFacts {
  return {
    // The send knows more than some of its facts tell.
    from: `events e
 join sends s on s.contact_id = e.contact_id and s.id::text = e.params ->> 'send'`,
    where: [
      `e.event_type_id = ${typeIdSql(TYPES[action], asking)}`,
      'not s.test',
      ...(machine ? [] : [NO_MACHINE]),
    ].join(' and '),
    contactId: 'e.contact_id',
    at: 'e.occurred_at',
    countedOnce: 's.id',
    begin({ steps: [first, ...rest] }) {
      const member = first?.kind === 'key' ? first.key : '';
      const expression = Object.hasOwn(MEMBERS, member) ? MEMBERS[member]!(asking) : 'null::jsonb';
      return { expression, steps: rest };
    },
  };
}

const TYPES: Record<MessageAction, string> = {
  sent: 'MessageSent',
  delivered: 'MessageDelivered',
  opened: 'MessageOpened',
  clicked: 'MessageClicked',
  undelivered: 'MessageUndelivered',
  unsubscribed: 'MessageUnsubscribed',
  complained: 'MessageComplained',
};

const NO_MACHINE = `not coalesce(e.params ? 'machine', false)`;

/** What `where` may name. IDs are texts, as the management API writes them. */
const MEMBERS: Record<string, (asking: Asking) => string> = {
  channel: () => 'to_jsonb(s.channel)',
  message: () => 'to_jsonb(s.message_id::text)',
  campaign: () => 'to_jsonb(s.campaign_id::text)',
  workflow: () => 'to_jsonb(s.workflow_id::text)',
  language: () => 'to_jsonb(s.language)',
  url: () => `(e.params -> 'url')`,
  tag: () => `(select jsonb_agg(t.name) from tag_links l join tags t on t.id = l.tag_id
               where l.object_kind = 'message' and l.object_id = s.message_id)`,
  category:
    () => `(select jsonb_agg(c.key) from message_categories l join categories c on c.id = l.category_id
                   where l.message_id = s.message_id)`,
  opened: (asking) => happenedTo('opened', asking),
  clicked: (asking) => happenedTo('clicked', asking),
};

/** Whether a person did that with the same send. */
function happenedTo(action: 'opened' | 'clicked', asking: Asking): string {
  return `to_jsonb(exists (select from events other
            where other.contact_id = e.contact_id and other.event_type_id = ${typeIdSql(TYPES[action], asking)}
              and other.params ->> 'send' = e.params ->> 'send'
              and not coalesce(other.params ? 'machine', false)))`;
}
