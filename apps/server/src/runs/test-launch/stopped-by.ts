import type { Tx } from '../../db/index.ts';
import type { EventTypeIds } from '../../events/index.ts';
import type { ContactState } from '../../contacts/index.ts';
import { findEvents, zoneOf } from '../../evaluation/index.ts';
import type { WorkflowIndex } from '../../workflows/index.ts';
import type { DueRun } from '../due-run.ts';

/** Why a run would have been stopped since it began, or undefined. One statement. */
export async function stoppedBy(
  tx: Tx,
  {
    run,
    index,
    contact,
    eventTypes,
    now,
  }: {
    run: DueRun;
    index: WorkflowIndex;
    contact: ContactState;
    eventTypes: EventTypeIds;
    now: Date;
  },
): Promise<string | undefined> {
  const { eventStops, keyOf } = index.version(run.workflowId, run.version);
  const { workspaceId, contactId, startedAt } = run;
  const names = [...new Set(eventStops.map(({ event }) => event))];
  const types = await eventTypes.idsOf(workspaceId, names, now);
  const found = await findEvents(tx, {
    wanted: [...types.values()].map((typeId) => ({
      contactId,
      typeId,
      from: startedAt,
      withParams: true,
      withContext: true,
    })),
  });
  const clock = {
    now: now.getTime(),
    workspaceZone: index.workspaces.get(workspaceId)!.zone,
    contactZone: zoneOf(contact),
  };
  const stop = eventStops.find(({ event, sameKey, passes }) =>
    found.some(({ event_type_id: typeId, id, key, source, params, context }) => {
      const content = { params: params ?? {}, key, source, context };
      if (typeId !== types.get(event) || id <= run.heardUpTo) return false;
      if (sameKey && keyOf(content) !== run.key) return false;
      return passes(content, clock);
    }),
  );
  return stop?.reason;
}
