import type { HttpPort } from '../../http/http-port.ts';
import type { Returned } from '../returned/read-returned-mail.ts';

/** One call that claims to come from a provider, as it came over the line. */
export interface CallbackRequest {
  /** Undefined where there is none, or several. Names in lower case. */
  header(name: string): string | undefined;
  body: Buffer;
}

/** `unknown`: nobody can say now, because what the signature is checked with cannot be read. */
export type CallbackVerdict = 'genuine' | 'forged' | 'unknown';

/** What a provider says of one delivery. */
export interface CallbackFact {
  /** Ours, as the message carried it (`OutgoingMessage.key`). */
  key: string;
  returned: Returned;
  /** When it happened, by the provider's clock. */
  at?: Date;
}

export interface CallbackParts<Settings, Secrets> {
  settings: Settings;
  secrets: Secrets;
  now: Date;
  /** A document of the vendor, such as a certificate: read once, then remembered. */
  readDocument(url: string): Promise<string | undefined>;
}

/** How a vendor reports what became of messages. Opens and clicks are tracked by us. */
export interface Callbacks<Settings = unknown, Secrets = unknown> {
  verify(
    request: CallbackRequest,
    parts: CallbackParts<Settings, Secrets>,
  ): CallbackVerdict | Promise<CallbackVerdict>;
  /** The facts in a genuine body, parsed; what is not known is left out, never an error. */
  read(body: unknown): CallbackFact[];
  /** What the vendor wants done before it sends anything; false when that did not work. */
  confirm?(body: unknown, http: HttpPort): Promise<boolean>;
}

/** Vendors try again for a day; what is older was recorded by somebody. */
export const REPLAY_MS = 25 * 3_600_000;

/** Undefined for what is no time. `seconds` since 1970, with a fraction, or a text of ISO 8601. */
export function instantOf(value: unknown): Date | undefined {
  const at =
    typeof value === 'number' ? value * 1_000 : typeof value === 'string' ? Date.parse(value) : NaN;
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Whether an instant of a signature is near enough to count. */
export function isRecent(
  at: Date | undefined,
  { now, withinMs = REPLAY_MS }: { now: Date; withinMs?: number },
): boolean {
  return at !== undefined && Math.abs(now.getTime() - at.getTime()) <= withinMs;
}

/** The fact of a key, unless there is none, or nothing to say. */
export function factOf(
  key: string | undefined,
  returned: Returned | undefined,
  at: unknown,
): CallbackFact[] {
  if (!key || !returned) return [];
  const instant = instantOf(at);
  return [{ key, returned, ...(instant && { at: instant }) }];
}
