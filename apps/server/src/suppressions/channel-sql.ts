import type { ChannelQuestion } from '@perennial/conditions';
import type { Asking } from '../contacts/index.ts';

/**
 * Whether some address of a channel is in a state, over a row of `contacts`. The states are those
 * that cards show (`find-channels.ts` of contacts); of several reasons against an address each
 * counts. Indexes: addresses_pkey, suppressions_pkey, devices_pkey, identifiers_by_contact.
 */
export function channelSql(question: ChannelQuestion, asking: Asking): string {
  if (question.channel === 'email') return ofColumn('contacts.email', question, asking);
  if (question.channel === 'sms') return ofColumn('contacts.phone', question, asking);
  const places = `select from ${placesOf(question, asking)}`;
  if (question.state === 'absent') return `not exists (${places})`;
  const address = 'place.address';
  const suppressed = suppressedSql(address, question, asking);
  if (isReason(question.state)) return `exists (${places} and ${suppressed})`;
  return `exists (${places} and place.state = ${asking.put(question.state)} and not ${suppressed})`;
}

/**
 * When a suppression that holds now ends by itself and may so change the answer, over a row of
 * `contacts`; null for never. Index suppressions_pkey.
 */
export function channelChangesSql(question: ChannelQuestion, asking: Asking): string {
  if (question.state === 'absent') return 'null::timestamptz';
  const ending = (address: string): string =>
    `(select min(s.until) from suppressions s ${suppressionsOf(address, question, asking)}
         and s.until > ${asking.put(asking.now)})`;
  if (question.channel === 'email') return ending('contacts.email');
  if (question.channel === 'sms') return ending('contacts.phone');
  return `(select min(${ending('place.address')}) from ${placesOf(question, asking)})`;
}

function isReason(state: string): boolean {
  return state !== 'subscribed' && state !== 'unconfirmed';
}

/** The one address of a contact on this channel is a column: joined, not asked for each contact. */
function ofColumn(column: string, question: ChannelQuestion, asking: Asking): string {
  const { state, channel, app } = question;
  const { put } = asking;
  // Nobody's e-mail or phone belongs to an app.
  if (app !== undefined) return state === 'absent' ? 'true' : 'false';
  if (state === 'absent') return `${column} is null`;
  const suppressed = suppressedSql(column, question, asking);
  if (isReason(state)) return `(${column} is not null and ${suppressed})`;
  // Asked for each contact: joined on both columns, the planner takes it that hardly any match.
  const consent = `coalesce((select a.state from addresses a
                              where a.contact_id = contacts.id and a.channel = ${put(channel)}
                                and a.address = ${column}), 'unconfirmed')`;
  const wanted = `${consent} = ${put(state)}`;
  return `(${column} is not null and ${wanted} and not ${suppressed})`;
}

function suppressedSql(address: string, question: ChannelQuestion, asking: Asking): string {
  return `exists (select from suppressions s ${suppressionsOf(address, question, asking)}
                     and (s.until is null or s.until > ${asking.put(asking.now)}))`;
}

/** Those that speak against an address or, if a reason is asked for, for that reason. */
function suppressionsOf(
  address: string,
  { channel, state }: ChannelQuestion,
  { put, workspaceId }: Asking,
): string {
  const reason = isReason(state) ? `and s.reason = ${put(state)}` : '';
  return `where s.workspace_id = ${put(workspaceId)} and s.channel = ${put(channel)}
                     and s.address = ${address} ${reason}`;
}

/** Addresses of a channel that a contact may have several of; ends in a `where`. */
function placesOf({ channel, app }: ChannelQuestion, { put }: Asking): string {
  const ofApp = app === undefined ? '' : `and place.app = ${put(app)}`;
  if (channel === 'mobile_push') {
    return `(select d.push_token as address, d.app,
                                case when d.push_enabled is false then 'off' else 'subscribed' end as state
                           from devices d
                          where d.contact_id = contacts.id and d.push_token is not null) place
             where true ${ofApp}`;
  }
  const kind = channel === 'web_push' ? 'web_push' : channel === 'telegram' ? 'chat_id' : undefined;
  if (kind !== undefined) {
    return `(select i.value as address, null as app, 'subscribed' as state
                           from identifiers i
                          where i.contact_id = contacts.id and i.kind = ${put(kind)}) place
             where true ${ofApp}`;
  }
  return `(select a.address, a.app, a.state
                         from addresses a
                        where a.contact_id = contacts.id and a.channel = ${put(channel)}) place
           where true ${ofApp}`;
}
