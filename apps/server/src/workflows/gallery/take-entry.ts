import { fillPlaces } from '@perennial/blocks';
import type { workflowTakenSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import { Problem, type Origin } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { createMessage, findEntry, type RenderPool } from '../../messages/index.ts';
import { createDynamic, listSegmentNames, requireRule } from '../../segments/index.ts';
import { raiseConfigVersion } from '../../workspaces/index.ts';
import { createWorkflow, type WorkflowWithTags } from '../save-workflow.ts';
import {
  definitionIn,
  findWorkflowEntry,
  wordsOf,
  type Needed,
  type WorkflowEntry,
} from './read-workflow-gallery.ts';

interface EntryToTake extends z.output<typeof workflowTakenSchema> {
  workspaceId: number;
  by: Origin;
  key: string;
}

/**
 * Makes a draft of a workflow of the gallery, with its messages and segments. What is wrong with what
 * was asked for is told before anything is made.
 */
export async function takeEntry(
  db: Pool,
  { renderPool }: { renderPool: RenderPool },
  { key, ...order }: EntryToTake,
): Promise<WorkflowWithTags> {
  const entry = await findWorkflowEntry(key);
  const language = order.languages[0]!;
  const words = wordsOf(entry, language);
  refuseLanguages(entry, order.languages);
  refuseNames(entry.events, order.events, 'events');
  refuseNames(entry.fields, order.fields, 'fields');
  const { workspaceId, by } = order;
  // Each in a transaction of its own, since MJML takes a while; none of them is sent by being there.
  const message = await makeMessages(db, { renderPool }, entry, order);
  return inTransaction(db, async (tx) => {
    const own = { event: order.events, field: order.fields, message };
    const segment = await makeSegments(tx, entry, { workspaceId, by, language, own });
    return createWorkflow(tx, {
      workspaceId,
      by,
      name: order.name ?? words.name,
      definition: fillPlaces(definitionIn(entry, language), { ...own, segment }),
    });
  });
}

function refuseLanguages({ texts }: WorkflowEntry, languages: readonly string[]): void {
  const at = languages.findIndex((language) => !texts.has(language));
  if (at < 0) return;
  throw wrong(`/languages/${at}`, `There is ${[...texts.keys()].join(' and ')}.`);
}

function refuseNames(
  needs: Readonly<Record<string, Needed>>,
  given: Readonly<Record<string, string>>,
  member: 'events' | 'fields',
): void {
  for (const name of Object.keys(needs)) {
    if (given[name] !== undefined) continue;
    throw wrong(`/${member}/${name}`, `Say which of the workspace's ${member} ${name} is.`);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(needs, name)) throw wrong(`/${member}/${name}`, 'It needs none such.');
  }
}

function wrong(path: string, message: string): Problem {
  return new Problem('unprocessable', { detail: message, errors: [{ path, message }] });
}

/** IDs of the messages, by what the workflow calls them. */
async function makeMessages(
  db: Pool,
  parts: { renderPool: RenderPool },
  entry: WorkflowEntry,
  { workspaceId, by, languages }: Pick<EntryToTake, 'workspaceId' | 'by' | 'languages'>,
): Promise<Record<string, string>> {
  const { messages: names } = wordsOf(entry, languages[0]!);
  const made: Record<string, string> = {};
  for (const [name, { gallery, channel }] of Object.entries(entry.messages)) {
    const { content } = await findEntry(gallery);
    const chosen = languages.map((language) => [language, content[channel]![language]!] as const);
    const message = await createMessage(db, parts, {
      workspaceId,
      by,
      name: names[name]!,
      channel,
      content: Object.fromEntries(chosen),
      default_language: languages[0]!,
    });
    made[name] = String(message.id);
  }
  return made;
}

interface Surroundings {
  workspaceId: number;
  by: Origin;
  language: string;
  own: { event: Record<string, string>; field: Record<string, string> };
}

/** IDs of the segments; a name that is taken gets a number. */
async function makeSegments(
  tx: Tx,
  entry: WorkflowEntry,
  { workspaceId, by, language, own }: Surroundings,
): Promise<Record<string, string>> {
  const rules = Object.entries(entry.segments);
  if (rules.length === 0) return {};
  // First, so that what the rules name stays there until they are saved.
  await raiseConfigVersion(tx, { workspaceId });
  const taken = new Set((await listSegmentNames(tx, { workspaceId })).values());
  const { name: purpose, segments: names } = wordsOf(entry, language);
  const made: Record<string, string> = {};
  for (const [key, rule] of rules) {
    const definition: JsonObject = fillPlaces(rule, own);
    const checked = await requireRule(tx, { workspaceId, definition });
    const name = freeName(names[key]!, taken);
    const segment = await createDynamic(tx, { workspaceId, by, name, purpose, checked });
    taken.add(name);
    made[key] = String(segment.id);
  }
  return made;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const known = new Set([...taken].map((each) => each.toLowerCase()));
  for (let n = 1; ; n += 1) {
    const wanted = n === 1 ? name : `${name} (${n})`;
    if (!known.has(wanted.toLowerCase())) return wanted;
  }
}
