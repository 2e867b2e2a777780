import type { RecipientTokens, TokenKind } from './recipient-token.ts';

/** The delivery that a message is rendered for. */
export interface DeliveryRef {
  workspaceId: number;
  contactId: number;
  sendId: number;
  deliveryId: number;
  channel: string;
}

/** Addresses that Liquid gives to the writer of a message. */
export interface RecipientLinks {
  unsubscribe_url: string;
  preferences_url: string;
  view_url: string;
  confirm_url: string;
}

/** What stands between the public address and a token. */
export const PATHS: Record<TokenKind, string> = {
  link: 'r',
  open: 'o',
  unsubscribe: 'u',
  view: 'v',
  preferences: 'preferences',
  confirm: 'c',
  message: 'm',
};

export function recipientUrl(
  kind: TokenKind,
  { delivery, publicUrl, tokens, url, links }: LinkParts & { url?: string; links?: number },
): string {
  const token = tokens.seal({
    kind,
    ...delivery,
    ...(url !== undefined && { url }),
    ...(links !== undefined && { links }),
  });
  return `${publicUrl}/${PATHS[kind]}/${token}`;
}

/** Where a message of the library is shown to whoever has the link. */
export function messageUrl({
  workspaceId,
  messageId,
  ...parts
}: Pick<LinkParts, 'publicUrl' | 'tokens'> & { workspaceId: number; messageId: number }): string {
  const delivery = {
    workspaceId,
    contactId: 0,
    sendId: 0,
    deliveryId: messageId,
    channel: 'email',
  };
  return recipientUrl('message', { ...parts, delivery });
}

export interface LinkParts {
  delivery: DeliveryRef;
  publicUrl: string;
  tokens: RecipientTokens;
}

/**
 * The addresses that Liquid gives to the writer of a message. Each is sealed when it is read for the
 * first time: most messages read one of them.
 */
export function recipientLinks(parts: LinkParts): RecipientLinks {
  const sealed = new Map<TokenKind, string>();
  const address = (kind: TokenKind): string => {
    const known = sealed.get(kind) ?? recipientUrl(kind, parts);
    sealed.set(kind, known);
    return known;
  };
  return {
    get unsubscribe_url() {
      return address('unsubscribe');
    },
    get preferences_url() {
      return address('preferences');
    },
    get view_url() {
      return address('view');
    },
    get confirm_url() {
      return address('confirm');
    },
  };
}
