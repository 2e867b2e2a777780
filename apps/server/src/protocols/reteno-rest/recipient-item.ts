import type { ChannelDefinition } from '@perennial/channels';
import { isUsableIdentifier, normalizeEmail, normalizePlainPhone } from '../../contacts/index.ts';
import type { Identifier, IdentifyItem, JsonObject, WantedSend } from '../../inbox/index.ts';

/** Whom a call wants to write to, in the words of the program. */
export interface Recipient {
  ids: Identifier[];
  /** The address that was named, which a contact that is new gets. */
  email?: string;
  phone?: string;
  /** The only address that the message may go to. */
  address?: string;
  /** Of nobody that is not there. */
  mustExist: boolean;
}

interface Named {
  contactId?: number | null | undefined;
  externalCustomerId?: string | null | undefined;
  locator?: string | null | undefined;
}

/** The recipient, or what is wrong with it. */
export function readRecipient(
  { contactId, externalCustomerId, locator }: Named,
  { channel, country }: { channel: ChannelDefinition; country: string | undefined },
): Recipient | string {
  const ids: Identifier[] = [];
  if (contactId) ids.push(['contact', String(contactId)]);
  if (externalCustomerId) {
    if (!isUsableIdentifier(externalCustomerId)) return 'externalCustomerId: identifies nobody';
    ids.push(['external_id', externalCustomerId]);
  }
  if (!locator) {
    return ids.length > 0
      ? { ids, mustExist: true }
      : 'expected a contactId, an externalCustomerId or a locator';
  }
  const place = placeOf(locator.trim(), channel, country);
  return typeof place === 'string' ? place : { ...place, ids: [...ids, ...place.ids] };
}

/** What a locator is goes by the channel. */
function placeOf(
  locator: string,
  channel: ChannelDefinition,
  country: string | undefined,
): Recipient | string {
  switch (channel.address) {
    case 'email': {
      const email = normalizeEmail(locator);
      if (email === undefined) return 'locator: expected an e-mail address';
      return { ids: [['email', email]], email, address: email, mustExist: false };
    }
    case 'phone': {
      const phone = normalizePlainPhone(locator, country);
      if (phone === undefined) return 'locator: expected a phone number like 380501234567';
      return { ids: [['phone', phone]], phone, address: phone, mustExist: false };
    }
    case 'app':
      return { ids: [['device_id', locator]], mustExist: true };
    default:
      // A token says nothing about its app, so nobody can be made of it.
      return { ids: [[channel.address, locator]], address: locator, mustExist: true };
  }
}

/** Finds or makes the contact, changes nothing about one that is there, and has the message sent. */
export function recipientItem(
  { ids, email, phone, mustExist }: Recipient,
  { wants, now }: { wants: WantedSend; now: Date },
): IdentifyItem {
  const given: JsonObject = {
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
  };
  return {
    kind: 'identify',
    ids,
    at: now.getTime(),
    source: 'api',
    fields: {},
    weakIds: true,
    weakFields: given,
    ...(mustExist && { mustExist }),
    // A deleted contact gets nothing, and stays deleted.
    restore: false,
    wants,
  };
}
