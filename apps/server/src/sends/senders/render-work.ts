import {
  contactVariables,
  personalisationOf,
  literalText,
  type ContactCardRow,
  type Mailing,
  type RenderBatch,
  type Rendered,
  type RenderItem,
  type RenderPool,
} from '../../messages/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import type { DeliveryKeys } from './delivery-key.ts';
import type { VersionCache } from './version-cache.ts';
import type { WorkspaceNames } from './workspace-names.ts';
import type { WorkRow } from './work-queries.ts';

export interface RenderParts {
  versions: VersionCache;
  renderPool: RenderPool;
  keys: DeliveryKeys;
  workspaces: WorkspaceNames;
}

interface How {
  /** Of e-mail that is to leave. */
  mailing: Mailing | undefined;
  /** Links lead through this program: in e-mail always when it is to leave, else where this is set. */
  track?: boolean;
  /** `known`: what is yet to be fetched is answered as pending, and nobody waits. Default: `wait`. */
  fetching?: 'wait' | 'known';
  now: Date;
}

/** Small enough that a batch is soon done, large enough that handing it over costs little. */
const BATCH = 25;

/** Renders each row; the answers are in the order of the rows. */
export async function renderWork(
  parts: RenderParts,
  { rows, ...how }: { rows: readonly WorkRow[] } & How,
): Promise<Rendered[]> {
  const results = new Map<number, Rendered>();
  const groups = Map.groupBy(
    rows,
    (row) =>
      `${row.workspace_id}:${row.message_id}:${row.message_version}:${row.language}:${row.terms?.from_name ?? ''}`,
  );
  const batches = [...groups.values()].flatMap(chunks);
  await Promise.all(
    batches.map(async (batch) => {
      const rendered = await renderBatch(parts, { rows: batch, ...how });
      batch.forEach((row, i) => results.set(row.id, rendered[i]!));
    }),
  );
  return rows.map((row) => results.get(row.id)!);
}

function chunks(rows: WorkRow[]): WorkRow[][] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, i) =>
    rows.slice(i * BATCH, (i + 1) * BATCH),
  );
}

async function renderBatch(
  parts: RenderParts,
  { rows, mailing, track = false, fetching = 'wait', now }: { rows: WorkRow[] } & How,
): Promise<Rendered[]> {
  const { workspace_id, message_id: messageId, message_version: version, language } = rows[0]!;
  const message = await parts.versions.get({ messageId, version });
  const workspace = await parts.workspaces.get(workspace_id);
  const fromName = rows[0]!.terms?.from_name;
  const batch: RenderBatch = {
    template: {
      key: [messageId, version, language, ...(fromName === undefined ? [] : [fromName])].join(':'),
      channel: message.channel,
      content: withSender(message.content[language] ?? {}, { fromName, mailing }),
      compiled: message.compiled[language] ?? {},
      language,
      message: { id: String(messageId), key: message.key, name: message.name },
      personalisation: personalisationOf(message.personalisation, {
        language,
        defaultLanguage: message.default_language,
      }),
    },
    workspace,
    fetching,
    urgent: rows[0]!.lane === 0,
    ...(mailing && { mailing }),
    now,
    items: rows.map((row) => ({
      ...itemOf(row, { mailing, keys: parts.keys }),
      track,
    })),
  };
  return parts.renderPool.render(batch);
}

/** The same address under the name that the call gave. */
function withSender(
  content: JsonObject,
  { fromName, mailing }: { fromName: string | undefined; mailing: Mailing | undefined },
): JsonObject {
  const from = typeof content['from'] === 'string' ? content['from'] : mailing?.from;
  if (fromName === undefined || from === undefined) return content;
  const address = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim();
  return { ...content, from: `${literalText(quoted(fromName))} <${address}>` };
}

function quoted(name: string): string {
  return `"${name.replaceAll(/[\r\n]+/g, ' ').replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function itemOf(
  row: WorkRow,
  { mailing, keys }: { mailing: Mailing | undefined; keys: DeliveryKeys },
): RenderItem {
  const timeZone = row.fields['time_zone'];
  return {
    delivery: {
      workspaceId: row.workspace_id,
      contactId: row.contact_id,
      sendId: row.send_id,
      deliveryId: row.id,
      channel: row.channel,
    },
    contact: contactVariables(cardOf(row)),
    ...row.context,
    ...(row.subject !== null && { subject: row.subject }),
    ...(row.terms?.plain_links && { plainLinks: true }),
    ...(typeof timeZone === 'string' && { timeZone }),
    ...(row.channel === 'email' &&
      mailing && {
        mail: {
          address: row.address,
          messageId: keys.messageId(row.id, mailing),
          marketing: !row.transactional,
        },
      }),
  };
}

function cardOf(row: WorkRow): ContactCardRow | undefined {
  const { card_id: id, card_workspace_id: workspace_id, external_id, email, phone, fields } = row;
  return id === null ? undefined : { id, workspace_id, external_id, email, phone, fields };
}
