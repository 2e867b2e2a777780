import type { ChannelQuestion } from '@perennial/conditions';
import type { Asking } from '../contacts/index.ts';
import { hasHashesSql, hashSql } from './hash-sql.ts';
import { placesOf, type Places } from './places-sql.ts';

/**
 * Whether some address of a channel is in a state, over a row of `contacts`. The states are those
 * that cards show: the consent of an address with nothing against it, else every reason that there
 * is. Indexes: addresses_pkey, suppressions_pkey, devices_pkey, identifiers_by_contact.
 */
export function channelSql(question: ChannelQuestion, asking: Asking): string {
  const places = placesOf(question, asking);
  if (question.state === 'absent') return `not ${some(places)}`;
  const against = againstSql(places.address, question, asking);
  if (isReason(question.state)) return some(places, `(${against.join(' or ')})`);
  // What lets marketing through all the gates is a consent with nothing against it.
  const wanted = question.state === 'reachable' ? 'subscribed' : question.state;
  const isFree = against.map((one) => `not ${one}`);
  return some(places, [`${places.consent()} = ${asking.put(wanted)}`, ...isFree].join(' and '));
}

/**
 * When a suppression that holds now ends by itself and may so change the answer, over a row of
 * `contacts`; null for never. Those of the erased never end. Index suppressions_pkey.
 */
export function channelChangesSql(question: ChannelQuestion, asking: Asking): string {
  if (question.state === 'absent') return 'null::timestamptz';
  const places = placesOf(question, asking);
  const ending = `(select min(s.until) from suppressions s
                    where ${ofAddress(places.address, question, asking)}
                      and s.until > ${asking.put(asking.now)})`;
  return places.from === undefined ? ending : `(select min(${ending}) from ${places.from})`;
}

/** Whether there is such an address. The one of a column is joined, not asked for each contact. */
function some({ from, address }: Places, condition?: string): string {
  const and = condition === undefined ? '' : ` and ${condition}`;
  return from === undefined
    ? `(${address} is not null${and})`
    : `exists (select from ${from} where true${and})`;
}

function isReason(state: string): boolean {
  return state !== 'subscribed' && state !== 'unconfirmed' && state !== 'reachable';
}

/**
 * Whether something speaks against an address, or that reason: what was said of it, and what was
 * said by somebody who was erased and had it. Apart, so that the planner joins the first.
 */
function againstSql(address: string, question: ChannelQuestion, asking: Asking): string[] {
  const holds = `(s.until is null or s.until > ${asking.put(asking.now)})`;
  const said = (of: string): string =>
    `exists (select from suppressions s where ${ofAddress(of, question, asking)} and ${holds})`;
  return [
    said(address),
    `(${hasHashesSql(asking)} and ${said(hashSql(address, question, asking))})`,
  ];
}

/** Rows that speak against an address or, if a reason is asked for, for that reason. */
function ofAddress(
  address: string,
  { channel, state }: ChannelQuestion,
  { put, workspaceId }: Asking,
): string {
  const reason = isReason(state) ? ` and s.reason = ${put(state)}` : '';
  return `s.workspace_id = ${put(workspaceId)} and s.channel = ${put(channel)}
                     and s.address = ${address}${reason}`;
}
