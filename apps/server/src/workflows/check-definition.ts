import { validateWorkflow, type WorkflowVerdict, type WorkflowWorld } from '@perennial/blocks';
import { isChannelKey } from '@perennial/channels';
import { listCategories } from '../categories/index.ts';
import { fieldTypesOf, readCustomRules, type CustomRules } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { Problem } from '../http/index.ts';
import { findMissingSecrets, type RenderPool } from '../messages/index.ts';
import { listPoolIds } from '../promo-codes/index.ts';
import { readSegmentCatalogue } from '../segments/index.ts';
import { originsOfSecrets } from './secrets.ts';
import { checkLiquid } from './check-liquid.ts';
import { listTagIds } from '../tags/index.ts';
import { unwritableBecause } from './writable-fields.ts';
import { listWorkflowIds, readKnownEventTypes, readMessageUses } from './queries.ts';

interface Checked {
  workspaceId: number;
  definition: unknown;
  /** Of custom fields; those that the workspace has unless given. */
  rules?: CustomRules;
  /** Reads the Liquid of settings; it was read when the definition was published unless given. */
  compile?: RenderPool['compile'] | undefined;
}

/** Checks a definition against what its workspace has, as publishing does. */
export async function checkDefinition(db: Db, which: Checked): Promise<WorkflowVerdict> {
  const { definition, compile } = which;
  const verdict = validateWorkflow(definition, await loadWorld(db, which));
  if (!compile) return verdict;
  const unreadable = await checkLiquid(compile, definition);
  if (unreadable.length === 0) return verdict;
  return { ...verdict, definition: undefined, errors: [...verdict.errors, ...unreadable] };
}

/** Configuration tables are small, so everything is read rather than what the definition names. */
async function loadWorld(
  db: Db,
  { workspaceId, definition, ...given }: Checked,
): Promise<WorkflowWorld> {
  const mentioned = messagesIn(definition);
  const uses = await readMessageUses(db, { workspaceId, mentioned });
  const ids = new Set(mentioned);
  const messageIds = uses.flatMap(({ id }) => (ids.has(String(id)) ? [id] : []));
  const missing = await findMissingSecrets(db, { messageIds });
  const messages = new Map(
    uses.map((row) => [String(row.id), { ...row, missing_secrets: missing.get(row.id) ?? [] }]),
  );
  const rules = given.rules ?? (await readCustomRules(db, { workspaceId }));
  const segments = await readSegmentCatalogue(db, { workspaceId });
  const workflows = new Set((await listWorkflowIds(db, { workspaceId })).map(String));
  const tags = new Set((await listTagIds(db, { workspaceId })).map(String));
  const categories = new Set((await listCategories(db, { workspaceId })).map(({ key }) => key));
  const secrets = await originsOfSecrets(db, { workspaceId });
  const pools = await listPoolIds(db, { workspaceId });
  const types = new Set(await readKnownEventTypes(db, { workspaceId }));
  return {
    message: (id) => messages.get(id),
    fields: fieldTypesOf(rules),
    segment: (id) => segments.has(id),
    list: (id) => segments.get(id)?.isList === true,
    takesEvent: (id) => segments.get(id)?.usesEvent === true,
    tag: (id) => tags.has(id),
    workflow: (id) => workflows.has(id),
    category: (key) => categories.has(key),
    channel: isChannelKey,
    secret: (id) => secrets.get(id),
    promoPool: (id) => pools.has(id),
    unwritable: (field) => unwritableBecause(rules, field),
    eventType: (key) => types.has(key),
  };
}

/** Messages of the blocks, of a definition that nobody has checked yet. */
function messagesIn(definition: unknown): string[] {
  return Object.values(recordOf(recordOf(definition)['blocks'])).flatMap((block) => {
    const { message } = recordOf(block);
    return typeof message === 'string' ? [message] : [];
  });
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Throws what is wrong with a definition that has to be right. */
export function requireValid({ errors }: WorkflowVerdict): void {
  if (errors.length === 0) return;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new Problem('unprocessable', {
    detail: `${errors[0]!.message}${more}`,
    errors: errors
      .slice(0, 100)
      .map(({ path, message }) => ({ path: `/definition${path}`, message })),
  });
}
