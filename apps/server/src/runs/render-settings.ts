import { fillIn, findBlock, templatesIn, type Template } from '@perennial/blocks';
import type { StepRun, Visit } from '@perennial/blocks/steps';
import type { ContactState } from '../contacts/index.ts';
import { zoneOf } from '../evaluation/index.ts';
import type { Json, JsonObject } from '../inbox/index.ts';
import {
  contactVariables,
  SETTINGS,
  type RenderBatch,
  type Rendered,
  type RenderItem,
  type RenderPool,
} from '../messages/index.ts';
import type { WorkflowIndex, WorkspaceWorkflows } from '../workflows/index.ts';

/** A visit whose settings have their texts, or what is wrong with one of them. */
export type Filled<One> = One | { problem: string };

export interface RenderingSettings {
  index: WorkflowIndex;
  render: RenderPool['render'];
  contacts: ReadonlyMap<number, ContactState>;
  now: number;
}

type OneVisit = Visit & { type: string };

/**
 * The visits with the Liquid of their settings rendered, by the renderer of messages and within its
 * limits; in the order of the visits. One that rested keeps what it came with, unless its kind reads
 * its settings again.
 */
export async function renderSettings<One extends OneVisit>(
  visits: readonly One[],
  parts: RenderingSettings,
): Promise<Filled<One>[]> {
  const filled = new Map<One, Filled<One>>();
  const written = visits.filter(
    (visit) =>
      templatesOf(visit).length > 0 && (!visit.waited || findBlock(visit.type)!.readsAgain),
  );
  const groups = Map.groupBy(written, ({ run, block }) => templateKey(run, block));
  for (const group of groups.values()) {
    const rendered = await parts.render(batchOf(group, parts));
    group.forEach((visit, i) => filled.set(visit, fill(visit, rendered[i]!)));
  }
  return visits.map((visit) => filled.get(visit) ?? visit);
}

const known = new WeakMap<object, readonly Template[]>();

/** Looked for once in each version's block. */
function templatesOf({ type, settings }: OneVisit): readonly Template[] {
  const found = known.get(settings as object);
  if (found) return found;
  const { literal = [], nodes } = findBlock(type)!;
  const conditions = nodes?.(settings as never).map(({ path }) => path) ?? [];
  const templates = templatesIn(settings as object, [...literal, ...conditions]);
  known.set(settings as object, templates);
  return templates;
}

function templateKey({ workflowId, version }: StepRun, block: string): string {
  return `workflow:${workflowId}:${version}:${block}`;
}

function batchOf<One extends OneVisit>(
  visits: readonly One[],
  parts: RenderingSettings,
): RenderBatch {
  const { run, block, type, settings } = visits[0]!;
  const workspace = parts.index.workspaces.get(run.workspaceId)!;
  return {
    template: {
      key: templateKey(run, block),
      language: 'en',
      channel: SETTINGS,
      content: settingsContent(type, settings as object),
      compiled: {},
      message: { id: '', key: '', name: '' },
      personalisation: { onMissing: 'empty', fallbacks: {}, onFetchFailure: 'dont_send' },
    },
    workspace: namesOf(workspace),
    now: new Date(parts.now),
    items: visits.map((visit) => itemOf(visit, parts)),
  };
}

/** Templates by their places; addresses apart, since values are written into them otherwise. */
export function settingsContent(type: string, settings: object): JsonObject {
  const { addresses = [] } = findBlock(type)!;
  const templates = templatesOf({ type, settings } as OneVisit);
  const [url, text] = [true, false].map((isAddress) =>
    Object.fromEntries(
      templates
        .filter(({ path }) => addresses.includes(path) === isAddress)
        .map(({ path, text: written }) => [path, written]),
    ),
  ) as [JsonObject, JsonObject];
  return { text, url };
}

function namesOf({ workspaceId: id, slug, name, zone, currency }: WorkspaceWorkflows) {
  return { id, slug, name, timeZone: zone, currency };
}

function itemOf({ run }: Visit, { contacts }: RenderingSettings): RenderItem {
  const { id, workspaceId, externalId, email, phone, fields } = contacts.get(run.contactId)!;
  const card = { id, workspace_id: workspaceId, external_id: externalId, email, phone, fields };
  const zone = zoneOf(contacts.get(run.contactId));
  return {
    delivery: { workspaceId, contactId: id, sendId: 0, deliveryId: 0, channel: SETTINGS },
    contact: contactVariables(card),
    event: run.trigger.params as Json,
    run: run.results as Json,
    ...(zone !== null && { timeZone: zone }),
  };
}

function fill<One extends OneVisit>(visit: One, rendered: Rendered): Filled<One> {
  if (!rendered.ok) return { problem: settingsProblem(rendered.problem) };
  const { text, url } = rendered.content as { text: JsonObject; url: JsonObject };
  const texts = new Map(Object.entries({ ...text, ...url }) as [string, string][]);
  return { ...visit, settings: fillIn(visit.settings, texts) };
}

/** What is wrong, with the place among the settings and the line. */
export function settingsProblem({
  path,
  message,
  line,
}: Extract<Rendered, { ok: false }>['problem']): string {
  const place = path
    .replace(/^\/(text|url)\//, '')
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  const at = line !== undefined && line > 1 ? ` (line ${line})` : '';
  return place === '' ? message : `${place}${at}: ${message}`;
}
