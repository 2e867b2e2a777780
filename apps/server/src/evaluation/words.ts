import {
  englishMessages,
  segmentConditions,
  sentence,
  type Definition,
  type Node,
} from '@perennial/conditions';
import { IntlMessageFormat } from 'intl-messageformat';
import { listCategories } from '../categories/index.ts';
import { listCustomFields, SYSTEM_FIELDS } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { listSegmentNames } from '../segments/index.ts';

/** Says a rule in English, with the names that the workspace gives its things. */
export type Say = (rule: Definition | Node) => string;

const messages = englishMessages(segmentConditions);
const parsed = new Map<string, IntlMessageFormat>();

/** Parsed once: sentences of a long rule need a few of them often. */
function messageOf(key: string): IntlMessageFormat {
  let message = parsed.get(key);
  if (!message) {
    const text = messages[key];
    if (text === undefined) throw new Error(`The segment language has no message ${key}.`);
    parsed.set(key, (message = new IntlMessageFormat(text, 'en')));
  }
  return message;
}

export async function readWords(db: Db, { workspaceId }: { workspaceId: number }): Promise<Say> {
  const custom = await listCustomFields(db, { workspaceId, archived: true });
  const labels = new Map(custom.map(({ key, label }) => [`custom.${key}`, label]));
  const segments = await listSegmentNames(db, { workspaceId });
  const categories = await listCategories(db, { workspaceId });
  const categoryNames = new Map(categories.map(({ key, name }) => [key, name]));
  return (rule) =>
    sentence(rule, {
      types: segmentConditions,
      format: (key, values) => String(messageOf(key).format(values)),
      names: {
        field: (name) =>
          labels.get(name) ??
          (SYSTEM_FIELDS[name]?.label.toLowerCase() || name.replaceAll('_', ' ')),
        segment: (id) => segments.get(id) ?? `segment ${id}`,
        category: (key) => categoryNames.get(key) ?? key,
      },
    });
}
