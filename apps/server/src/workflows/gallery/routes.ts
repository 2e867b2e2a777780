import {
  pageOf,
  takenWorkflowSchema,
  workflowGalleryItemSchema,
  workflowTakenSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { defineRoute, Problem, type ManageRoute } from '../../http/index.ts';
import type { RenderPool } from '../../messages/index.ts';
import { checkDefinition } from '../check-definition.ts';
import { showWorkflow } from '../show-workflow.ts';
import {
  definitionIn,
  findWorkflowEntry,
  GALLERY_LANGUAGES,
  readWorkflowGallery,
  wordsOf,
  type Needed,
  type WorkflowEntry,
} from './read-workflow-gallery.ts';
import { takeEntry } from './take-entry.ts';

/** The calls about workflows that come with the program. */
export function workflowGalleryRoutes(parts: { renderPool: RenderPool }): ManageRoute[] {
  const take = defineRoute({
    method: 'POST',
    url: '/workflow_gallery/:key/take',
    right: 'workflows.write',
    summary: 'Make a draft of a workflow that comes with the program',
    description:
      'With its messages, and its segments if it has any, which takes `messages.write` and ' +
      '`segments.write` too. Nothing is published.',
    params: z.object({ key: z.string().max(63) }),
    body: workflowTakenSchema,
    response: takenWorkflowSchema,
    status: 201,
    example: {
      params: { key: 'welcome' },
      body: { languages: ['en'], events: { signed_up: 'SignedUp', active: 'AppOpened' } },
    },
    handler: async ({ db, by, workspace, rights, params, body }) => {
      const { messages, segments } = await findWorkflowEntry(params.key);
      if (Object.keys(messages).length > 0) requireRight(rights, 'messages.write', 'messages');
      if (Object.keys(segments).length > 0) requireRight(rights, 'segments.write', 'segments');
      const order = { workspaceId: workspace.id, by, ...params, ...body };
      const workflow = await takeEntry(db, parts, order);
      const { errors, warnings } = await checkDefinition(db, {
        workspaceId: workspace.id,
        definition: workflow.draft,
      });
      return {
        workflow: await showWorkflow(db, workflow),
        verdict: { valid: errors.length === 0, errors: [...errors], warnings: [...warnings] },
      };
    },
  });
  return [list, take];
}

const list = defineRoute({
  method: 'GET',
  url: '/workflow_gallery',
  right: 'member',
  summary: 'List the workflows that come with the program, to begin with',
  query: z.object({ language: z.string().max(35).optional() }),
  response: pageOf(workflowGalleryItemSchema),
  handler: async ({ query: { language = GALLERY_LANGUAGES[0] } }) => {
    const entries = await readWorkflowGallery();
    return { items: entries.map((entry) => toItem(entry, language)), next_cursor: null };
  },
});

function requireRight(
  rights: ReadonlySet<string>,
  right: 'messages.write' | 'segments.write',
  what: string,
): void {
  if (rights.has(right)) return;
  throw new Problem('forbidden', { detail: `It makes ${what}, which takes ${right}.` });
}

function toItem(
  entry: WorkflowEntry,
  language: string,
): z.output<typeof workflowGalleryItemSchema> {
  const words = wordsOf(entry, language);
  return {
    key: entry.key,
    name: words.name,
    about: words.about,
    languages: [...entry.texts.keys()],
    definition: definitionIn(entry, language),
    events: needsOf(entry.events, words.events),
    fields: needsOf(entry.fields, words.fields),
    segments: Object.entries(entry.segments).map(([key, definition]) => ({
      key,
      name: words.segments[key]!,
      definition,
    })),
    messages: Object.entries(entry.messages).map(([key, message]) => ({
      key,
      name: words.messages[key]!,
      ...message,
    })),
  };
}

function needsOf(needs: Readonly<Record<string, Needed>>, names: Readonly<Record<string, string>>) {
  return Object.entries(needs).map(([key, { usual }]) => ({ key, name: names[key]!, usual }));
}
