import type { ChannelDefinition } from '@perennial/channels';
import { createCampaign, findNewestByKey, startCampaign } from '../../campaigns/index.ts';
import { inTransaction, type Tx } from '../../db/index.ts';
import { Problem } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import {
  checkContent,
  saveNewMessage,
  withoutBlocks,
  type CheckedContent,
} from '../../messages/index.ts';
import { findSegment } from '../../segments/index.ts';
import { orRefuse } from './campaign-problems.ts';
import { orSayContent } from './content-problems.ts';
import type { RestContext } from './endpoint.ts';
import { RestError } from './rest-error.ts';
import { REPEAT_MS } from './submit.ts';

/** Content that comes with a call, for everybody in a list or segment. */
export interface GroupSend {
  channel: ChannelDefinition;
  content: JsonObject;
  names: Record<string, string>;
  groupId: number;
  tags: readonly string[];
  categories: readonly string[];
  externalRequestId?: string | null | undefined;
}

/** In no language that anybody chose. */
const LANGUAGE = 'en';

/**
 * Starts a campaign of a message made for it. The same request starts it once: with a name of the
 * caller's own for good, else for a minute, as single sends do (decision 41).
 */
export async function sendToGroup(context: RestContext, send: GroupSend): Promise<object> {
  const { db, parts, workspaceId, now } = context;
  const segment = await findSegment(db, { workspaceId, id: send.groupId });
  if (!segment) throw new RestError(400, `groupId: there is no list or segment ${send.groupId}`);
  const repeatKey = keyOf(context, send);
  const known = await findNewestByKey(db, { workspaceId, key: repeatKey });
  if (known && isRepeat(send, known, now)) return answerOf(known);
  const checked = await orSayContent(
    () =>
      checkContent(withoutBlocks(parts.renderPool), {
        channel: send.channel.key,
        content: { [LANGUAGE]: send.content },
        defaultLanguage: LANGUAGE,
      }),
    send.names,
  );
  const key = known ? `${repeatKey}-${known.id}` : repeatKey;
  const name = `${send.channel.label} by API: ${segment.name}`.slice(0, 200);
  const start = (tx: Tx) => startWithMessage(tx, context, { ...send, checked, key, name });
  try {
    const campaign = await orRefuse(() => passRepeats(() => inTransaction(db, start)), NAMES);
    return answerOf(campaign);
  } catch (error) {
    if (!(error instanceof MadeMeanwhile)) throw error;
    return answerOf((await findNewestByKey(db, { workspaceId, key: repeatKey }))!);
  }
}

const NAMES = { 'include/0': 'groupId', include: 'groupId' };

/** The same call at the same time was first. */
class MadeMeanwhile extends Error {}

async function passRepeats<Outcome>(act: () => Promise<Outcome>): Promise<Outcome> {
  return act().catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'already_exists') throw new MadeMeanwhile();
    throw error;
  });
}

/** What makes two calls the same, as the key of the campaign. */
function keyOf(
  { parts, workspaceId, callHash }: RestContext,
  { channel, groupId, externalRequestId: named }: GroupSend,
): string {
  const meant = named
    ? ['group request', channel.key, groupId, named]
    : ['group call', callHash().toString('hex')];
  const signed = parts.box.sign('send request', JSON.stringify([workspaceId, ...meant]));
  return `api-${signed.toString('hex').slice(0, 40)}`;
}

function isRepeat(
  { externalRequestId }: GroupSend,
  { created_at }: { created_at: Date },
  now: Date,
): boolean {
  return Boolean(externalRequestId) || now.getTime() - created_at.getTime() < REPEAT_MS;
}

async function startWithMessage(
  tx: Tx,
  { key: { workspace }, workspaceId, by }: RestContext,
  send: GroupSend & { checked: CheckedContent; key: string; name: string },
): Promise<{ id: number }> {
  const { channel, checked, key, name, groupId, tags, categories } = send;
  const message = await saveNewMessage(tx, {
    workspaceId,
    by,
    name,
    channel: channel.key,
    ...checked,
    defaultLanguage: LANGUAGE,
    tags,
    categories,
  });
  const { id } = await createCampaign(tx, {
    workspaceId,
    by,
    key,
    name,
    message: message.id,
    include: [groupId],
    exclude: [],
    follows: null,
    schedule: { kind: 'now' },
    pace: null,
    hold_out: 0,
    split: null,
    tags,
  });
  return startCampaign(tx, { workspace, id, by });
}

function answerOf({ id }: { id: number }): object {
  return { id: 0, results: [{ status: 'OK', broadcastId: id }] };
}
