import type { eventSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { IdentifierKind, Json } from '../inbox/index.ts';
import { wellKnownParameter } from './identify-params.ts';
import type { FactRow } from './read-facts.ts';

/**
 * Kinds of identifiers by which the contact of an event is found, by their number in bits 6 to 9 of
 * `events.flags`: there it takes no byte. Numbers are stored, so what is new comes last. 0: not known,
 * or the program itself noted the fact.
 */
const KINDS = [
  'contact',
  'external_id',
  'email',
  'phone',
  'push_token',
  'chat_id',
  'field.contact_key',
  'anonymous_id',
  'device_id',
  'web_push',
  // Which field is in the context.
  'field',
] as const;

const FIRST_BIT = 6;

/** The bits that say by what the contact was found. */
export function flagsOfKind(kind: IdentifierKind | undefined): number {
  if (kind === undefined) return 0;
  const stored = KINDS.findIndex((one) => one === kind);
  const number = stored < 0 && kind.startsWith('field.') ? KINDS.indexOf('field') : stored;
  return (number + 1) << FIRST_BIT;
}

/** Where the context keeps which rule found the contact. Clients cannot write it. */
export const RULE_IN_CONTEXT = '$rule';

/** What is kept of the rule: its field only where the flags do not say it. */
export function ruleOf(kind: IdentifierKind, parameter: string): Record<string, string> {
  const isKnown = KINDS.some((one) => one === kind);
  return { parameter, ...(!isKnown && { field: kind.replace(/^field\./, '') }) };
}

type FoundBy = z.output<typeof eventSchema>['found_by'];

/** By what an event found its contact, or created it. */
export function readFoundBy({ flags, source, params, context }: FactRow): FoundBy {
  const kind = KINDS[((flags >> FIRST_BIT) & 15) - 1];
  if (kind === undefined) return null;
  const rule = context?.[RULE_IN_CONTEXT] as { parameter: string; field?: string } | undefined;
  if (rule) return { field: rule.field ?? fieldOf(kind), parameter: rule.parameter, rule: true };
  return { field: fieldOf(kind), parameter: parameterOf(kind, { source, params }), rule: false };
}

/** As rules and the well-known names call it. */
function fieldOf(kind: (typeof KINDS)[number]): string {
  return kind === 'contact' ? 'id' : kind.replace(/^field\./, '');
}

/** Only events of the REST API name their contact among the parameters. */
function parameterOf(
  kind: (typeof KINDS)[number],
  { source, params }: { source: string; params: Record<string, Json> | null },
): string | null {
  if (source !== 'event' || kind === 'field') return null;
  return wellKnownParameter(params ?? {}, kind) ?? null;
}
