import { isProviderKind, providerKinds } from '@perennial/channels';
import {
  parseMailbox,
  providers,
  type Callbacks,
  type OpenProvider,
} from '@perennial/channels/providers';
import type { Egress } from '../../egress/index.ts';
import type { Mailing } from '../../messages/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { problemOfBaseUrl } from './base-url.ts';
import type { ProviderRow } from './provider-queries.ts';

/** A stored provider with its settings read and its secrets opened. */
export type ReadProvider =
  | { kind: 'inside' }
  | { kind: 'outside'; open: () => OpenProvider; mailing?: Mailing; callbacks?: ReadCallbacks }
  /** Its settings or secrets cannot be read (any more). */
  | { kind: 'broken'; problem: string };

/** How it reports back, with what that needs of its settings. */
export interface ReadCallbacks {
  vendor: Callbacks;
  settings: unknown;
  secrets: unknown;
}

export interface ProviderSurroundings {
  box: Pick<SecretBox, 'open'>;
  http: Egress;
  clock: () => Date;
}

/** Reads what is stored; opens nothing yet. */
export function readProvider(
  row: Pick<ProviderRow, 'kind' | 'settings' | 'secrets'>,
  { box, http, clock }: ProviderSurroundings,
): ReadProvider {
  if (!isProviderKind(row.kind)) return { kind: 'broken', problem: `Unknown kind "${row.kind}".` };
  const provider = providers[row.kind];
  if (provider.carries === 'inside') return { kind: 'inside' };
  const definition = providerKinds[row.kind];
  const settings = definition.settings.safeParse(row.settings);
  if (!settings.success) return { kind: 'broken', problem: settings.error.message };
  const misled = problemOfBaseUrl(definition, { settings: row.settings, egress: http });
  if (misled) return { kind: 'broken', problem: misled };
  const opened = openSecrets(row.secrets, box);
  if (!opened.ok) return { kind: 'broken', problem: opened.problem };
  const secrets = definition.secrets.safeParse(opened.secrets);
  if (!secrets.success) return { kind: 'broken', problem: secrets.error.message };
  const parts = { settings: settings.data, secrets: secrets.data };
  const mailing = mailingOf(parts, { takes: provider.takes, signs: provider.weSign });
  return {
    kind: 'outside',
    // The record pairs each kind's schema with its half that sends; TypeScript loses the pairing.
    open: () => provider.open({ ...parts, http, clock } as never),
    ...(mailing && { mailing }),
    ...(provider.callbacks && { callbacks: { vendor: provider.callbacks, ...parts } }),
  };
}

function openSecrets(
  sealed: string | null,
  box: Pick<SecretBox, 'open'>,
): { ok: true; secrets: unknown } | { ok: false; problem: string } {
  if (sealed === null) return { ok: true, secrets: {} };
  try {
    return { ok: true, secrets: JSON.parse(box.open(sealed)) };
  } catch (error) {
    return { ok: false, problem: (error as Error).message };
  }
}

interface MailParts {
  settings: Record<string, unknown>;
  secrets: Record<string, unknown>;
}

/** How a provider of e-mail signs and calls itself; those of other channels have no `from`. */
function mailingOf(
  { settings, secrets }: MailParts,
  {
    takes = 'raw',
    signs: weSign = false,
  }: { takes?: Mailing['takes']; signs?: boolean | undefined },
): Mailing | undefined {
  const { from, reply_to, dkim_domain, dkim_selector, bounce_address } = settings;
  if (typeof from !== 'string') return undefined;
  const { dkim_private_key: privateKey } = secrets;
  const signs =
    typeof dkim_domain === 'string' &&
    typeof dkim_selector === 'string' &&
    typeof privateKey === 'string';
  return {
    from,
    takes,
    signs: weSign,
    ...(typeof bounce_address === 'string' && { bounceAddress: bounce_address }),
    ...(typeof reply_to === 'string' && reply_to && { replyTo: reply_to }),
    ...(signs && { dkim: { domain: dkim_domain, selector: dkim_selector, privateKey } }),
  };
}

/** The sender of the sandbox's e-mails that name none. */
export function sandboxMailing({
  workspaceName,
  publicUrl,
}: {
  workspaceName: string;
  publicUrl: string;
}): Mailing {
  const name = workspaceName.replace(/["\\<>\r\n]/g, '');
  const host = new URL(publicUrl).hostname.replace(/[[\]]/g, '');
  return { from: `"${name}" <no-reply@${host}>`, keeps: true };
}

/** The domain that a provider's messages come from. */
export function domainOf({ from }: Mailing): string {
  return parseMailbox(from)?.address.split('@').at(-1) ?? 'localhost';
}
