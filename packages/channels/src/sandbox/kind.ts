import { z } from 'zod';
import { channelKeys } from '../channels.ts';
import type { ProviderKind } from '../provider-kind.ts';

const nothing = z.strictObject({});

/** Keeps messages in the workspace's outbox instead of sending them: the default of every channel. */
export const sandboxKind = {
  key: 'sandbox',
  label: 'Sandbox outbox',
  channels: channelKeys,
  settings: nothing,
  secrets: nothing,
  secretFields: [],
} as const satisfies ProviderKind<z.infer<typeof nothing>, z.infer<typeof nothing>>;
