import { enhancedCodeIn } from './enhanced-code.ts';

/** One recipient of a delivery status notification (RFC 3464 §2.3). */
export interface RecipientStatus {
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  recipient?: string;
  /** The most telling enhanced code: `5.0.0` gives way to one in the server's own words. */
  status?: string;
  /** The server's words. */
  diagnostic: string;
}

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;

/**
 * Reads a `message/delivery-status` part: groups of fields, the first about the message and one
 * for each recipient.
 */
export function readDeliveryStatus(text: string): RecipientStatus[] {
  return readGroups(text).flatMap((fields): RecipientStatus[] => {
    const action = ACTIONS.find((name) => name === fields.get('action')?.toLowerCase());
    if (!action) return [];
    const recipient = addressIn(fields.get('final-recipient') ?? fields.get('original-recipient'));
    const diagnostic = afterType(fields.get('diagnostic-code')) ?? '';
    const status = statusOf(fields.get('status'), diagnostic);
    return [{ action, diagnostic, ...(recipient && { recipient }), ...(status && { status }) }];
  });
}

/** Groups of header fields, parted by empty lines; names in lower case, folded lines joined. */
export function readGroups(text: string): Map<string, string>[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map((group) => {
      const lines = group.replace(/\n[ \t]+/g, ' ').split('\n');
      const pairs = lines.flatMap((line): [string, string][] => {
        const colon = line.indexOf(':');
        if (colon < 1) return [];
        return [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
      });
      return new Map(pairs);
    })
    .filter((fields) => fields.size > 0);
}

/** `rfc822; ann@example.com`, as RFC 3464 §2.1.2 writes addresses and codes with their type. */
function afterType(value: string | undefined): string | undefined {
  return value?.replace(/^[A-Za-z0-9-]+\s*;\s*/, '').trim();
}

/** The address in a field, also where a server left out the type or wrote angle brackets. */
export function addressIn(value: string | undefined): string | undefined {
  return /[^\s<>;,"]+@[^\s<>;,"]+/.exec(afterType(value) ?? '')?.[0];
}

function statusOf(field: string | undefined, diagnostic: string): string | undefined {
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(field ?? '')?.[0];
  const saysNothing = status === undefined || status.endsWith('.0.0');
  return (saysNothing ? enhancedCodeIn(diagnostic) : undefined) ?? status;
}
