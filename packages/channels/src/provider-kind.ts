import type { z } from 'zod';
import type { ChannelKey } from './channels.ts';
import type { VendorDns, VendorDnsQuestion } from './email/vendor-dns.ts';

/**
 * What carries a channel, as people set it up: the form, the API's schema and the list of choices
 * derive from it. The half that sends is in `providers.ts`, for the server only.
 */
export interface ProviderKind<Settings = unknown, Secrets = unknown> {
  key: string;
  label: string;
  /** The channels that it can carry. */
  channels: readonly ChannelKey[];
  settings: z.ZodType<Settings>;
  /** Sealed before they are stored, and never shown again. */
  secrets: z.ZodType<Secrets>;
  /** Members of `secrets`, so that a form can say which are set. */
  secretFields: readonly string[];
  /**
   * The vendor's domains: a `base_url` of the settings leads to one of them, or to an address that
   * the operator allows.
   */
  hosts?: readonly string[];
  /** What it asks for in the DNS of a domain; absent where that is ours to say. */
  dns?: (question: VendorDnsQuestion) => VendorDns;
}
