import {
  frequencyRuleDraftSchema,
  type MessageSendingChange,
  type PersonalisationChange,
} from '@perennial/contracts';
import type { z } from 'zod';
import { inTransaction, type Pool } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { countSubjects } from '../messages/index.ts';
import type { SendRequest } from './decision.ts';
import { createRule } from './rules/save-rule.ts';

/** Slots of the databases that tests of sends use. */
export const TEST_SLOTS = 4;
export const NOW = new Date('2026-03-01T09:30:00Z');

/** Puts just the rows that a case needs; IDs come from the sequences, as in life. */
export function createWorld(pool: Pool) {
  async function id(statement: string, values: unknown[]): Promise<number> {
    const { rows } = await pool.query<{ id: number }>(statement, values);
    return rows[0]!.id;
  }

  let names = 0;
  const world = {
    pool,
    workspace: () =>
      id(`insert into workspaces (slug, name, created_at) values ($1, 'Shop', $2) returning id`, [
        `shop-${(names += 1)}`,
        NOW,
      ]),

    async contact({
      workspaceId,
      email,
      phone,
      externalId,
      state = 'subscribed',
      fields = {},
      deleted = false,
    }: {
      workspaceId: number;
      email?: string;
      phone?: string;
      externalId?: string;
      state?: 'subscribed' | 'unconfirmed' | null;
      fields?: JsonObject;
      deleted?: boolean;
    }): Promise<number> {
      const contactId = await id(
        `insert into contacts (id, workspace_id, external_id, email, phone, fields, source, created_at, updated_at, deleted_at)
         values (nextval('contact_ids'), $1, $2, $3, $4, $5, 'api', $6, $6, $7) returning id`,
        [
          workspaceId,
          externalId ?? null,
          email ?? null,
          phone ?? null,
          JSON.stringify(fields),
          NOW,
          deleted ? NOW : null,
        ],
      );
      const known = { email: ['email', email], phone: ['sms', phone] } as const;
      for (const [kind, [channel, address]] of Object.entries(known)) {
        if (!address) continue;
        await world.identifier({ workspaceId, contactId, kind, value: address });
        if (!state) continue;
        await pool.query(
          `insert into addresses (contact_id, channel, address, workspace_id, state, state_at, source)
           values ($1, $2, $3, $4, $5, $6, 'api')`,
          [contactId, channel, address, workspaceId, state, NOW],
        );
      }
      return contactId;
    },

    identifier: (row: { workspaceId: number; contactId: number; kind: string; value: string }) =>
      pool.query(
        `insert into identifiers (workspace_id, kind, value, contact_id, set_at, source)
         values ($1, $2, $3, $4, $5, 'api')`,
        [row.workspaceId, row.kind, row.value, row.contactId, NOW],
      ),

    device: (row: {
      workspaceId: number;
      contactId: number;
      deviceId: string;
      pushToken?: string;
      pushEnabled?: boolean;
      seenAt?: Date;
      app?: string;
    }) =>
      pool.query(
        `insert into devices (contact_id, device_id, workspace_id, push_token, push_enabled, created_at, last_seen_at, app)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          row.contactId,
          row.deviceId,
          row.workspaceId,
          row.pushToken ?? null,
          row.pushEnabled ?? null,
          NOW,
          row.seenAt ?? NOW,
          row.app ?? null,
        ],
      ),

    async message({
      workspaceId,
      channel = 'email',
      content = { en: { subject: 'Hi {{ contact.first_name }}', html: '<p>Hi</p>' } },
      compiled = {},
      defaultLanguage = 'en',
      archived = false,
      sending = {},
      personalisation = {},
    }: {
      workspaceId: number;
      channel?: string;
      content?: Record<string, JsonObject>;
      compiled?: Record<string, JsonObject>;
      defaultLanguage?: string;
      archived?: boolean;
      sending?: MessageSendingChange;
      personalisation?: PersonalisationChange;
    }): Promise<number> {
      const messageId = await id(
        `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at, archived_at,
                               sending)
         values ($1, $2, 'Welcome', $3, $4, 1, $5, $5, $6, $7) returning id`,
        [
          workspaceId,
          `m${(names += 1)}`,
          channel,
          defaultLanguage,
          NOW,
          archived ? NOW : null,
          JSON.stringify(sending),
        ],
      );
      await pool.query(
        `insert into message_versions (message_id, version, content, compiled, created_at, personalisation, subjects)
         values ($1, 1, $2, $3, $4, $5, $6)`,
        [
          messageId,
          JSON.stringify(content),
          JSON.stringify(compiled),
          NOW,
          JSON.stringify(personalisation),
          countSubjects(content),
        ],
      );
      return messageId;
    },

    /** A rule of the workspace, as the API takes it. */
    rule: (workspaceId: number, draft: z.input<typeof frequencyRuleDraftSchema>) =>
      inTransaction(pool, (tx) =>
        createRule(tx, {
          workspaceId,
          by: { workspaceId, actor: { kind: 'system', id: null, name: 'test' }, at: NOW },
          ...frequencyRuleDraftSchema.parse(draft),
        }),
      ),

    settings: (workspaceId: number, settings: JsonObject) =>
      pool.query(`update workspaces set settings = $2 where id = $1`, [
        workspaceId,
        JSON.stringify(settings),
      ]),

    suppress: (row: {
      workspaceId: number;
      address: string;
      reason: string;
      channel?: string;
      until?: Date;
    }) =>
      pool.query(
        `insert into suppressions (workspace_id, channel, address, reason, since, until, source)
         values ($1, $2, $3, $4, $5, $6, 'api')`,
        [row.workspaceId, row.channel ?? 'email', row.address, row.reason, NOW, row.until ?? null],
      ),
  };
  return world;
}

export type World = ReturnType<typeof createWorld>;

/** A request that only says what matters to the case. */
export function requestFor(
  parts: Pick<SendRequest, 'workspaceId' | 'contactId' | 'messageId'> & Partial<SendRequest>,
): SendRequest {
  return {
    slot: parts.contactId % TEST_SLOTS,
    channel: 'email',
    transactional: false,
    test: false,
    context: {},
    at: NOW,
    ...parts,
  };
}
