import { z } from 'zod';
import type { SecretBox } from '../../secret/index.ts';

/** How long a token of `POST /v1/auth/token` is good for. */
export const BEARER_SECONDS = 3600;

const contentSchema = z.object({
  use: z.literal('rest events'),
  key: z.string(),
  until: z.number(),
});

/** The key itself, sealed: whoever revokes the key ends its tokens. */
export function makeBearer({ box, key, now }: { box: SecretBox; key: string; now: Date }): string {
  const until = now.getTime() + BEARER_SECONDS * 1000;
  return box.seal(JSON.stringify({ use: 'rest events', key, until }));
}

/** The key of a `Bearer` header; undefined for what is no token, or no longer one. */
export function readBearer(
  header: string | undefined,
  { box, now }: { box: SecretBox; now: Date },
): string | undefined {
  const token = /^Bearer\s+([\w.-]{1,1000})\s*$/i.exec(header ?? '')?.[1];
  const content = token && opened(box, token);
  return content && content.until > now.getTime() ? content.key : undefined;
}

function opened(box: SecretBox, token: string): z.output<typeof contentSchema> | undefined {
  let text: string;
  try {
    text = box.open(token);
  } catch {
    // Not sealed by this installation: the caller is told that the key is unknown.
    return undefined;
  }
  return contentSchema.safeParse(parsed(text)).data;
}

function parsed(text: string): unknown {
  // Other uses of the box seal plain texts.
  return text.startsWith('{') ? JSON.parse(text) : undefined;
}
