import type { AuditEntry } from '@perennial/contracts';
import type { TextId } from '../../../app/catalogue.ts';
import type { Say } from '../../../app/text.tsx';
import { auditTexts } from './texts.ts';

/** Kinds of objects whose changes are recorded, in the order in which they are offered. */
export const objectKinds = [
  'workflow',
  'run',
  'message',
  'campaign',
  'contact',
  'contact_view',
  'content_block',
  'segment',
  'field',
  'field_group',
  'field_index',
  'event',
  'event_type',
  'event_mapping',
  'dead_event',
  'category',
  'suppression',
  'provider',
  'frequency_rule',
  'sender_domain',
  'sender',
  'mailbox',
  'fetch_secret',
  'app',
  'webhook',
  'promo_pool',
  'key',
  'user',
  'tag',
  'job',
  'route',
  'workspace',
] as const;

/** What was done, in words; an action of a newer version of the program by its name. */
export function actionWords(t: Say, action: string): string {
  return say(t, `settings.audit.did.${action}`) ?? action;
}

export function kindWords(t: Say, kind: string): string {
  return say(t, `settings.audit.kind.${kind}`) ?? kind.replaceAll('_', ' ');
}

function say(t: Say, id: string): string | undefined {
  return Object.hasOwn(auditTexts, id) ? t(id as TextId) : undefined;
}

type Said = Pick<AuditEntry, 'object' | 'before' | 'after'>;

/** What the entry itself calls its object: all there is once the object is gone. */
export function saidName({ object, before, after }: Said): string | undefined {
  // A suppression's ID is its channel and address; a call's its path; they read well.
  if (object.kind === 'suppression' || object.kind === 'route') return object.id ?? undefined;
  return [after, before]
    .flatMap((side) => naming.map((member) => textIn(side, member)))
    .find((text) => text !== undefined);
}

const naming = ['name', 'label', 'event', 'parameter', 'key', 'email', 'external_id'] as const;

function textIn(side: AuditEntry['after'], member: string): string | undefined {
  if (side === null || typeof side !== 'object' || Array.isArray(side)) return undefined;
  const value = side[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
