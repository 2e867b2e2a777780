/** What a text typed into a search may mean; every member is one way to find contacts. */
export interface ContactSearch {
  contactId?: number;
  /** The whole of an identifier: external ID, device ID, anonymous ID, ... */
  identifier?: string;
  externalId?: string;
  /** Beginnings, prepared as the columns are. */
  beginnings: {
    email?: string;
    phone?: string;
    external_id?: string;
    /** First name and what follows it; in both orders where there are two words. */
    name_key?: string[];
    surname_key?: string;
  };
}

/** Longest text that is looked for. */
export const LONGEST_SEARCH = 300;

/**
 * Reads a search: `id:12` and `extid:u-12` say what they are; an address is taken for one; all
 * else may be the beginning of a name, an address or an external ID.
 */
export function parseSearch(text: string): ContactSearch {
  const sought = text.trim();
  const [, prefix, rest = ''] = /^(id|extid):(.*)$/is.exec(sought) ?? [];
  if (prefix?.toLowerCase() === 'id') return { ...ofContactId(rest.trim()), beginnings: {} };
  if (prefix) return { externalId: rest.trim(), beginnings: {} };
  const lower = sought.toLowerCase();
  const phone = phoneBeginning(sought);
  return {
    ...ofContactId(sought),
    identifier: sought,
    beginnings: {
      email: lower,
      external_id: sought,
      ...(phone !== undefined && { phone }),
      ...(!lower.includes('@') && { name_key: nameBeginnings(lower), surname_key: lower }),
    },
  };
}

/**
 * What is left of a search for callers who may not see personal data: IDs, whole, and no external
 * ID that is an address. Else a list of matches would tell what the masks hide.
 */
export function withoutPersonal(search: ContactSearch): ContactSearch {
  const { contactId, identifier, externalId } = search;
  const sought = externalId ?? identifier;
  return {
    ...(contactId !== undefined && { contactId }),
    ...(sought !== undefined && !isPersonal(sought) && { externalId: sought }),
    beginnings: {},
  };
}

function isPersonal(text: string): boolean {
  return text.includes('@') || phoneBeginning(text) !== undefined;
}

function ofContactId(text: string): { contactId?: number } {
  return /^[1-9]\d{0,15}$/.test(text) && Number(text) <= Number.MAX_SAFE_INTEGER
    ? { contactId: Number(text) }
    : {};
}

/** E.164 as far as it was typed; without a plus the country's own digits are meant. */
function phoneBeginning(text: string): string | undefined {
  if (!/^\+?[\d\s().-]{3,25}$/.test(text)) return undefined;
  const digits = text.replaceAll(/\D/g, '');
  return digits.length >= 3 ? `+${digits}` : undefined;
}

function nameBeginnings(lower: string): string[] {
  const words = lower.split(/\s+/).filter(Boolean);
  const plain = words.join(' ');
  return words.length === 2 ? [plain, `${words[1]} ${words[0]}`] : [plain];
}
