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

/** The addresses that Liquid gives to the writer of a message. */
export function recipientLinks(parts: LinkParts): RecipientLinks {
  return {
    unsubscribe_url: recipientUrl('unsubscribe', parts),
    preferences_url: recipientUrl('preferences', parts),
    view_url: recipientUrl('view', parts),
    confirm_url: recipientUrl('confirm', parts),
  };
}
