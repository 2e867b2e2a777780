import { fillIn, findBlock } from '@perennial/blocks';
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
import {
  settingsContent,
  settingsProblem,
  templatesOf,
  type WorkflowIndex,
} from '../workflows/index.ts';

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
  { index, render, contacts, now }: RenderingSettings,
): Promise<Filled<One>[]> {
  const filled = new Map<One, Filled<One>>();
  const written = visits.filter(
    ({ type, settings, waited }) =>
      templatesOf(type, settings as object).length > 0 &&
      (!waited || findBlock(type)!.readsAgain === true),
  );
  const groups = Map.groupBy(written, ({ run, block }) => templateKey(run, block));
  for (const [key, group] of groups) {
    const { run, type, settings } = group[0]!;
    const { workspaceId: id, slug, name, zone, currency } = index.workspaces.get(run.workspaceId)!;
    const texts = await renderBlock(render, {
      key,
      type,
      settings: settings as object,
      workspace: { id, slug, name, timeZone: zone, currency },
      now: new Date(now),
      items: group.map((visit) => itemOf(visit.run, contacts.get(visit.run.contactId))),
    });
    group.forEach((visit, i) => {
      const text = texts[i]!;
      filled.set(
        visit,
        'problem' in text ? text : { ...visit, settings: fillIn(visit.settings, text) },
      );
    });
  }
  return visits.map((visit) => filled.get(visit) ?? visit);
}

function templateKey({ workflowId, version }: StepRun, block: string): string {
  return `workflow:${workflowId}:${version}:${block}`;
}

export interface BlockRendering {
  /** The same key is always the same settings. */
  key: string;
  type: string;
  settings: object;
  workspace: RenderBatch['workspace'];
  now: Date;
  items: RenderItem[];
}

/** The texts of a block's templates for each item, by place, or what is wrong with one. */
export async function renderBlock(
  render: RenderPool['render'],
  { key, type, settings, ...batch }: BlockRendering,
): Promise<(Map<string, string> | { problem: string })[]> {
  const rendered = await render({
    ...batch,
    template: {
      key,
      language: 'en',
      channel: SETTINGS,
      content: settingsContent(type, settings),
      compiled: {},
      message: { id: '', key: '', name: '' },
      personalisation: { onMissing: 'empty', fallbacks: {}, onFetchFailure: 'dont_send' },
    },
  });
  return rendered.map(textsOf);
}

function textsOf(rendered: Rendered): Map<string, string> | { problem: string } {
  if (!rendered.ok) return { problem: settingsProblem(rendered.problem) };
  const { text, url } = rendered.content as { text: JsonObject; url: JsonObject };
  return new Map(Object.entries({ ...text, ...url }) as [string, string][]);
}

/** Whom settings are rendered for; nobody's have no card. */
export function itemOf(
  { workspaceId, trigger, results }: Pick<StepRun, 'workspaceId' | 'trigger' | 'results'>,
  contact: ContactState | undefined,
): RenderItem {
  const zone = zoneOf(contact);
  return {
    delivery: {
      workspaceId,
      contactId: contact?.id ?? 0,
      sendId: 0,
      deliveryId: 0,
      channel: SETTINGS,
    },
    contact: contact ? contactVariables({ ...contact, ...rowOf(contact) }) : {},
    event: trigger.params as Json,
    run: results as Json,
    ...(zone !== null && { timeZone: zone }),
  };
}

function rowOf({ workspaceId, externalId }: ContactState) {
  return { workspace_id: workspaceId, external_id: externalId };
}
