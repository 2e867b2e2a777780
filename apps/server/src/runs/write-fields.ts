import type { FieldRefusal, FieldWrite } from '@perennial/blocks/steps';
import {
  saveContacts,
  setFields,
  type ContactState,
  type CustomRules,
  type FieldCatalogue,
  type FieldChange,
} from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import type { Json, JsonObject } from '../inbox/index.ts';
import type { CausedFact } from './capabilities.ts';
import type { DueRun } from './due-run.ts';

/** Field changes of a batch: made in memory at once, so that the next block sees them. */
export interface FieldWriter {
  write: (tx: Tx, writes: readonly FieldWrite[]) => Promise<FieldRefusal[]>;
  /** What became true since it was asked last. */
  takeFacts: () => CausedFact[];
  save: (tx: Tx) => Promise<void>;
}

export function createFieldWriter({
  contacts,
  fields: catalogue,
  now,
}: {
  contacts: ReadonlyMap<number, ContactState>;
  fields: FieldCatalogue;
  now: number;
}): FieldWriter {
  const changed = new Set<ContactState>();
  let facts: CausedFact[] = [];

  function writeOne({ run, field, value }: FieldWrite, rules: CustomRules): FieldRefusal {
    const contact = contacts.get(run.contactId)!;
    const { changes, conflicts } = setFields(contact, {
      fields: { [field]: value as Json },
      at: now,
      source: 'workflow',
      rules,
    });
    const [conflict] = conflicts;
    if (conflict) return conflict.reason;
    // The time of the set is kept even if the value stays.
    changed.add(contact);
    if (changes.length === 0) return undefined;
    contact.updatedAt = now;
    facts.push(factOf(run as DueRun, changes, now));
    return undefined;
  }

  return {
    async write(tx, writes) {
      const rules = new Map<number, CustomRules>();
      for (const [workspaceId, own] of Map.groupBy(writes, ({ run }) => run.workspaceId)) {
        const named = own.map(({ field }) => field);
        rules.set(workspaceId, await catalogue.rules(tx, workspaceId, named));
      }
      return writes.map((write) => writeOne(write, rules.get(write.run.workspaceId)!));
    },
    takeFacts() {
      const taken = facts;
      facts = [];
      return taken;
    },
    async save(tx) {
      await saveContacts(tx, { contacts: [...changed] });
      changed.clear();
    },
  };
}

function factOf(run: DueRun, changes: FieldChange[], now: number): CausedFact {
  return {
    workspaceId: run.workspaceId,
    contactId: run.contactId,
    type: 'FieldChanged',
    occurredAt: now,
    receivedAt: now,
    source: 'workflow',
    params: {
      source: 'workflow',
      changes: changes.map(({ field, from, to }) => ({ field, from, to }) as JsonObject),
    },
    flags: 0,
    depth: run.depth + 1,
  };
}
