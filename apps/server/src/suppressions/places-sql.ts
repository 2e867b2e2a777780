import { findChannel, type AddressKind } from '@perennial/channels';
import type { ChannelQuestion } from '@perennial/conditions';
import type { Asking } from '../contacts/index.ts';

/** Where a contact can be written to on a channel, as `find-candidates.ts` of sends finds it. */
export interface Places {
  /** A `from` item over a row of `contacts`; absent: the address is a column of that. */
  from?: string;
  /** Null where there is none. */
  address: string;
  /** Writes `subscribed`, `unconfirmed` or `disabled`; parameters that nothing names have no type. */
  consent: () => string;
}

export function placesOf(question: ChannelQuestion, asking: Asking): Places {
  const kind = findChannel(question.channel)?.address;
  return kind === undefined ? NOWHERE : written[kind](question, asking);
}

/** On a channel that there is not. */
const NOWHERE: Places = { address: 'null::text', consent: () => `'unconfirmed'` };

const written: Record<AddressKind, (question: ChannelQuestion, asking: Asking) => Places> = {
  email: (question, asking) => columnPlace('contacts.email', question, asking),
  phone: (question, asking) => columnPlace('contacts.phone', question, asking),
  push_token: (question, asking) =>
    rowsOf(
      `select d.push_token as address, d.app,
              case when d.push_enabled is false then 'disabled' else 'subscribed' end as consent
         from devices d
        where d.contact_id = contacts.id and d.push_token is not null`,
      question,
      asking,
    ),
  web_push: (question, asking) => identifiers('web_push', question, asking),
  chat_id: (question, asking) => identifiers('chat_id', question, asking),
  // The app shows to whoever it knows, else on each device.
  app: (question, asking) =>
    rowsOf(
      `select contacts.external_id as address, null as app, 'subscribed' as consent
        where contacts.external_id is not null
       union all
       select d.device_id, d.app, 'subscribed'
         from devices d
        where d.contact_id = contacts.id and contacts.external_id is null`,
      question,
      asking,
    ),
};

/**
 * An address without a row was never agreed to. Other phone channels go by what SMS was told. Asked
 * for each contact: joined on both columns, the planner takes it that hardly any match.
 */
function columnPlace(column: string, { channel, app }: ChannelQuestion, { put }: Asking): Places {
  // Nobody's e-mail or phone belongs to an app.
  if (app !== undefined) return NOWHERE;
  const asked = findChannel(channel)!.address === 'phone' ? [channel, 'sms'] : [channel];
  const consentOn = (each: string): string =>
    `(select a.state from addresses a
                              where a.contact_id = contacts.id and a.channel = ${put(each)}
                                and a.address = ${column})`;
  const told = (): string => [...new Set(asked)].map(consentOn).join(', ');
  return { address: column, consent: () => `coalesce(${told()}, 'unconfirmed')` };
}

function identifiers(kind: string, question: ChannelQuestion, asking: Asking): Places {
  return rowsOf(
    `select i.value as address, null as app, 'subscribed' as consent
       from identifiers i
      where i.contact_id = contacts.id and i.kind = ${asking.put(kind)}`,
    question,
    asking,
  );
}

/** Addresses of which a contact may have several. */
function rowsOf(select: string, { app }: ChannelQuestion, { put }: Asking): Places {
  const ofApp = app === undefined ? '' : ` where place.app = ${put(app)}`;
  return {
    from: `(select place.* from (${select}) place${ofApp}) place`,
    address: 'place.address',
    consent: () => 'place.consent',
  };
}
