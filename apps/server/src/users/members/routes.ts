import {
  idParams,
  invitationSchema,
  invitedUserSchema,
  newWorkspaceSchema,
  pageOf,
  passwordLinkSchema,
  userChangeSchema,
  userSchema,
  workspaceSchema,
} from '@perennial/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { inTransaction } from '../../db/index.ts';
import { defineRoute, nothing, pageFrom, pageQuery, type ManageRoute } from '../../http/index.ts';
import { linkUrl } from '../one-time-link.ts';
import { listMembers } from '../queries.ts';
import { requireGrantable, rightsOfRole } from '../rights.ts';
import { changeMember, removeMember, resetMemberPassword } from './change-member.ts';
import { foundWorkspace } from './found-workspace.ts';
import { inviteUser } from './invite-user.ts';

export interface MemberRouteParts {
  /** For links; without one, the address that the request came to. */
  publicUrl: string | undefined;
}

/** Who is in the workspace, and in which role. */
export function memberRoutes({ publicUrl }: MemberRouteParts): ManageRoute[] {
  const link = (request: FastifyRequest, token: string): string =>
    linkUrl(publicUrl ?? `${request.protocol}://${request.host}`, token);
  return [list, inviteWith(link), change, remove, resetWith(link), found];
}

type Link = (request: FastifyRequest, token: string) => string;

const list = defineRoute({
  method: 'GET',
  url: '/users',
  right: 'users.write',
  summary: 'List the users of the workspace',
  query: z.object(pageQuery(z.tuple([z.int()]))),
  response: pageOf(userSchema),
  handler: async ({ db, workspace, query: { limit, cursor } }) => {
    const filter = { workspaceId: workspace.id, after: cursor?.[0], limit: limit + 1 };
    return pageFrom(await listMembers(db, filter), { limit, position: (row) => [row.id] });
  },
});

function inviteWith(link: Link): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: '/users',
    right: 'users.write',
    summary: 'Invite a user with a role',
    description: 'Hand `link` to the person: it works once, for seven days.',
    body: invitationSchema,
    response: invitedUserSchema,
    status: 201,
    secretAnswer: true,
    example: { body: { email: 'grace@example.com', role: 'marketer', name: 'Grace' } },
    handler: async ({ db, by, workspace, rights, body, request }) => {
      requireGrantable(rights, rightsOfRole(body.role));
      const { member, linkToken } = await inTransaction(db, (tx) =>
        inviteUser(tx, { workspaceId: workspace.id, by, ...body }),
      );
      return { ...member, link: linkToken === null ? null : link(request, linkToken) };
    },
  });
}

const change = defineRoute({
  method: 'PATCH',
  url: '/users/:id',
  right: 'users.write',
  summary: "Change a user's role, or lock them out",
  params: idParams,
  body: userChangeSchema,
  response: userSchema,
  example: { body: { role: 'auditor' } },
  handler: ({ db, by, workspace, rights, params, body }) =>
    inTransaction(db, (tx) =>
      changeMember(tx, { workspaceId: workspace.id, userId: params.id, by, rights, ...body }),
    ),
});

const remove = defineRoute({
  method: 'DELETE',
  url: '/users/:id',
  right: 'users.write',
  summary: 'Take a user out of the workspace',
  params: idParams,
  response: nothing,
  handler: async ({ db, by, workspace, rights, params }) => {
    const id = { workspaceId: workspace.id, userId: params.id, by, rights };
    await inTransaction(db, (tx) => removeMember(tx, id));
    return undefined;
  },
});

function resetWith(link: Link): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: '/users/:id/password_reset',
    right: 'users.write',
    summary: 'Make a link by which a user chooses a new password',
    description: 'Also for an invitation that ran out. It works once, for a day.',
    params: idParams,
    response: passwordLinkSchema,
    secretAnswer: true,
    handler: async ({ db, by, workspace, rights, params, request }) => {
      const id = { workspaceId: workspace.id, userId: params.id, by, rights };
      return { link: link(request, await inTransaction(db, (tx) => resetMemberPassword(tx, id))) };
    },
  });
}

const found = defineRoute({
  method: 'POST',
  url: '/workspaces',
  right: 'users.write',
  summary: 'Make a workspace, with you as its admin',
  body: newWorkspaceSchema,
  response: workspaceSchema,
  status: 201,
  example: { body: { slug: 'acme', name: 'Acme' } },
  handler: ({ db, by, body: { slug, name, time_zone: timeZone, currency } }) =>
    inTransaction(db, (tx) => foundWorkspace(tx, { slug, name, timeZone, currency, by })),
});
