import type { Tx } from '../../db/index.ts';
import type { WorkspaceRef } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import {
  chooseLanguage,
  contactVariables,
  findFlaw,
  personalisationOf,
  type ContactCardRow,
  type RenderPool,
  type TemplateProblem,
  type VersionRow,
} from '../../messages/index.ts';
import type { Failure } from './group-failures.ts';

export interface PieceToRender {
  workspace: WorkspaceRef;
  contactIds: readonly number[];
  /** What each contact gets. */
  messageFor: (contactId: number) => VersionRow & { draftKey: string };
  event: JsonObject | undefined;
  now: Date;
}

export interface RenderedPiece {
  rendered: number;
  /** Contacts without an address of the channel: nothing would be sent to them. */
  skipped: number;
  failures: (Failure & { externalId: string | null })[];
}

/** Renders for each contact what it would get, and looks at what came out. */
export async function renderPiece(
  tx: Tx,
  { renderPool }: { renderPool: RenderPool },
  { workspace, contactIds, messageFor, event, now }: PieceToRender,
): Promise<RenderedPiece> {
  const cards = await loadCards(tx, { workspaceId: workspace.id, ids: contactIds });
  const reached = cards.filter((card) => hasAddress(card, messageFor(card.id).channel));
  const groups = Map.groupBy(reached, (card) => {
    const message = messageFor(card.id);
    return `${message.draftKey}:${languageFor(message, card)}`;
  });
  const failures: RenderedPiece['failures'] = [];
  for (const [key, group] of groups) {
    const message = messageFor(group[0]!.id);
    const language = languageFor(message, group[0]!);
    const results = await renderPool.render({
      template: {
        key: `rendering-check:${key}`,
        channel: message.channel,
        content: message.content[language] ?? {},
        compiled: message.compiled[language] ?? {},
        language,
        personalisation: personalisationOf(message.personalisation, {
          language,
          defaultLanguage: message.default_language,
        }),
        message: { id: String(message.message_id), key: message.key, name: message.name },
      },
      workspace,
      now,
      items: group.map((card) => itemFor(card, { workspace, channel: message.channel, event })),
    });
    results.forEach((result, i) => {
      const { id: contactId, external_id: externalId } = group[i]!;
      const problem = result.ok ? findFlaw(message.channel, result.content) : result.problem;
      if (!problem) return;
      const { message_id: messageId } = message;
      failures.push({ ...tidy(problem), contactId, externalId, messageId, language });
    });
  }
  return { rendered: reached.length, skipped: contactIds.length - reached.length, failures };
}

function tidy({ path, message, line, excerpt }: TemplateProblem): TemplateProblem {
  return {
    path,
    message,
    ...(line !== undefined && { line }),
    ...(excerpt !== undefined && { excerpt }),
  };
}

/** Index contacts_pkey. Who was deleted since the audience was read gets nothing. */
async function loadCards(
  tx: Tx,
  { workspaceId, ids }: { workspaceId: number; ids: readonly number[] },
): Promise<ContactCardRow[]> {
  const { rows } = await tx.query<ContactCardRow>({
    name: 'load_rendering_cards',
    text: `select id, workspace_id, external_id, email, phone, fields from contacts
            where id = any($1::bigint[]) and workspace_id = $2
              and deleted_at is null and merged_into is null
            order by id`,
    values: [ids, workspaceId],
  });
  return rows;
}

const BY_PHONE = new Set(['sms', 'viber']);

function hasAddress({ email, phone }: ContactCardRow, channel: string): boolean {
  if (channel === 'email') return email !== null;
  return BY_PHONE.has(channel) ? phone !== null : true;
}

function languageFor({ content, default_language: fallback }: VersionRow, card: ContactCardRow) {
  const { language } = card.fields;
  return chooseLanguage({
    languages: Object.keys(content),
    wanted: [typeof language === 'string' ? language : null],
    fallback,
  });
}

function itemFor(
  card: ContactCardRow,
  {
    workspace,
    channel,
    event,
  }: { workspace: WorkspaceRef; channel: string; event: JsonObject | undefined },
) {
  const timeZone = card.fields['time_zone'];
  return {
    delivery: {
      workspaceId: workspace.id,
      contactId: card.id,
      sendId: 0,
      deliveryId: 0,
      channel,
    },
    contact: contactVariables(card),
    // Whichever it will be, the contact can get it.
    subject: 'each' as const,
    ...(event && { event }),
    ...(typeof timeZone === 'string' && { timeZone }),
  };
}
