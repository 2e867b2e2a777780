import { z } from 'zod';
import { countWorkflows, listWorkflowsByName } from '../../workflows/index.ts';
import { tagNamesOf } from '../../tags/index.ts';
import { Answer, defineEndpoint, type Endpoint } from './endpoint.ts';
import { restPage } from './schemas.ts';

const list = defineEndpoint({
  method: 'GET',
  url: '/v1/workflows',
  summary: 'List workflows, by name',
  description:
    'Header `TotalCount`: how many there are. `name` is a part of the name. A workflow that starts ' +
    'runs is `active`; drafts, paused and archived ones are `inactive`.',
  rights: [],
  query: z.object({ name: z.string().max(200).optional(), ...restPage }),
  handler: async ({ db, workspaceId, query: { name, startindex, maxrows } }) => {
    const which = { workspaceId, ...(name && { search: name }) };
    const rows = await listWorkflowsByName(db, {
      ...which,
      offset: startindex - 1,
      limit: maxrows,
    });
    const tags = await tagNamesOf(db, { kind: 'workflow', ids: rows.map(({ id }) => id) });
    const shown = rows.map(({ id, name: own, state }) => ({
      id,
      name: own,
      status: state === 'active' ? 'active' : 'inactive',
      tags: tags.get(id) ?? [],
    }));
    const total = await countWorkflows(db, which);
    return new Answer(shown, { headers: { TotalCount: String(total) } });
  },
});

export const workflowEndpoints: readonly Endpoint[] = [list];
