import { expect, test } from 'vitest';
import { testApp } from '../../http/test-app.ts';
import { fieldUsageRoutes } from './routes.ts';

const { call, pool, workspace, clock, addWorkspace, addKey } = await testApp({
  routes: fieldUsageRoutes,
});

test('a field says which workflows and messages would miss it', async () => {
  const now = clock.now();
  await pool.query(
    `insert into workflows (workspace_id, key, name, state, draft, created_at, updated_at)
     values ($1, 'a', 'Win back', 'active', '{"blocks": {"b1": {"if": {"field": "custom.plan"}}}}', $2, $2),
            ($1, 'b', 'Other', 'active', '{}', $2, $2),
            ($1, 'c', 'Gone', 'archived', '{"field": "custom.plan"}', $2, $2)`,
    [workspace.id, now],
  );
  await pool.query(
    `with made as (insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
                   values ($1, 'm', 'Offer', 'email', 'en', 1, $2, $2) returning id)
     insert into message_versions (message_id, version, content, created_at)
     select id, 1, '{"en": {"subject": "{{ contact.custom.plan }}"}}', $2 from made`,
    [workspace.id, now],
  );
  const { body } = await call('GET', '/fields/usage?field=custom.plan');
  expect(body).toMatchObject({
    workflows: [{ name: 'Win back', state: 'active' }],
    messages: [{ name: 'Offer', channel: 'email' }],
  });
  const as = await addKey({ workspaceId: (await addWorkspace('other')).id });
  expect((await call('GET', '/fields/usage?field=custom.plan', { as })).body).toEqual({
    workflows: [],
    segments: [],
    messages: [],
  });
});
