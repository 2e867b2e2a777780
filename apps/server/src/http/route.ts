/**
 * How a room offers its calls. `routes.ts` of the room exports an array; `main/routes.ts` lists
 * the room; documentation, validation, rights and the generated tests follow from the record.
 *
 *   export const tagRoutes: ManageRoute[] = [
 *     defineRoute({
 *       method: 'PATCH',
 *       url: '/tags/:id',
 *       right: 'settings.write',            // one right; without it this does not compile
 *       summary: 'Rename a tag',
 *       params: idParams,
 *       body: newTagSchema,
 *       response: tagSchema,
 *       example: { body: { name: 'Onboarding' } },
 *       handler: ({ db, by, workspace, params, body }) =>
 *         inTransaction(db, async (tx) => {
 *           const tag = await renameTag(tx, { workspaceId: workspace.id, by, ...params, ...body });
 *           if (!tag) throw notFound('tag');
 *           return tag;
 *         }),
 *     }),
 *   ];
 *
 * Handlers get decoded values (`idSchema` a number, `instantSchema` a Date) and answer with
 * decoded values: `response` encodes them and leaves out what it does not name. The workspace
 * comes from the credential alone. A change writes its audit row in its own transaction.
 * A room whose handlers need more than the database exports `xRoutes(parts): ManageRoute[]`.
 */
import type { Right } from '@perennial/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Pool } from '../db/index.ts';
import type { Access, Actor, Caller, Origin, WorkspaceRef } from './caller.ts';
import type { Repetition } from './idempotency.ts';

/**
 * A right, or one of three who need none: `member` is everyone with access to the workspace
 * (definitions that hold no personal data), `self` a user's own account, `anyone` the log-in.
 */
export type RouteRight = Right | 'member' | 'self' | 'anyone';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type Schema = z.ZodType | undefined;
type Parsed<Part extends Schema> = Part extends z.ZodType ? z.output<Part> : undefined;

interface OpenContext<Params extends Schema, Query extends Schema, Body extends Schema> {
  db: Pool;
  now: Date;
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
  request: FastifyRequest;
  /** For headers, cookies and another status; the handler's value is the body. */
  reply: FastifyReply;
  requestId: string;
  ip: string;
}

interface CallerContext<
  Params extends Schema,
  Query extends Schema,
  Body extends Schema,
> extends OpenContext<Params, Query, Body> {
  caller: Caller;
  actor: Actor;
  /** Who, when, from where: hand it to `writeAudit`. */
  by: Origin;
}

interface WorkspaceContext<
  Params extends Schema,
  Query extends Schema,
  Body extends Schema,
> extends CallerContext<Params, Query, Body> {
  workspace: WorkspaceRef;
  rights: Access['rights'];
  repetition: Repetition;
}

interface Definition<
  Context,
  Params extends Schema,
  Query extends Schema,
  Body extends Schema,
  Response extends z.ZodType,
> {
  method: Method;
  /** Below `/manage/v1`, with parameters as `:name`. */
  url: `/${string}`;
  summary: string;
  description?: string;
  params?: Params;
  query?: Query;
  body?: Body;
  response: Response;
  /** Of a success; 200, or 204 if nothing is answered. */
  status?: 200 | 201 | 202;
  /** Bytes; 1 MiB unless said. */
  bodyLimit?: number;
  /** The answer holds a secret: it is not kept for repeats. */
  secretAnswer?: boolean;
  /** Values that make a valid call, for the documentation and the generated tests. */
  example?: {
    params?: Record<string, string>;
    query?: Record<string, string>;
    body?: Body extends z.ZodType ? z.input<Body> : never;
  };
  handler: (context: Context) => z.output<Response> | Promise<z.output<Response>>;
}

/** A route as the application, the documentation and the generated tests see it. */
export interface ManageRoute extends Omit<
  Definition<unknown, Schema, Schema, Schema, z.ZodType>,
  'example' | 'handler'
> {
  right: RouteRight;
  example?: {
    params?: Record<string, string>;
    query?: Record<string, string>;
    body?: unknown;
  };
  handler: (context: unknown) => unknown;
}

/** A call inside a workspace, for callers with this right there. */
export function defineRoute<
  Params extends Schema = undefined,
  Query extends Schema = undefined,
  Body extends Schema = undefined,
  Response extends z.ZodType = z.ZodType,
>(
  definition: Definition<WorkspaceContext<Params, Query, Body>, Params, Query, Body, Response> & {
    right: Right | 'member';
  },
): ManageRoute {
  return erase(definition);
}

/** A call of a logged-in user about their own account; keys are refused. */
export function defineSelfRoute<
  Params extends Schema = undefined,
  Query extends Schema = undefined,
  Body extends Schema = undefined,
  Response extends z.ZodType = z.ZodType,
>(
  definition: Definition<CallerContext<Params, Query, Body>, Params, Query, Body, Response>,
): ManageRoute {
  return erase({ ...definition, right: 'self' });
}

/** A call without credentials: only what leads to a log-in. */
export function defineOpenRoute<
  Params extends Schema = undefined,
  Query extends Schema = undefined,
  Body extends Schema = undefined,
  Response extends z.ZodType = z.ZodType,
>(
  definition: Definition<OpenContext<Params, Query, Body>, Params, Query, Body, Response>,
): ManageRoute {
  return erase({ ...definition, right: 'anyone' });
}

// The only place where a definition loses its types: `register-routes.ts` builds each context from
// the same record's schemas and right.
function erase(definition: {
  right: RouteRight;
  handler: (context: never) => unknown;
}): ManageRoute {
  return definition as unknown as ManageRoute;
}
