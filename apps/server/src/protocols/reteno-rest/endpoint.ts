/**
 * How the calls of the public REST API are written down: one record each, from which the routes,
 * their checks and the reference are made. A handler answers with a text, with a value that goes
 * out as JSON, with nothing (an empty 200), or with an `Answer` that says more.
 */
import type { Right, WorkspaceSettings } from '@perennial/contracts';
import type { z } from 'zod';
import type { Pool } from '../../db/index.ts';
import type { ErrorTally, EventDefinitions } from '../../events/index.ts';
import type { Origin } from '../../http/index.ts';
import type { Inbox, Results } from '../../inbox/index.ts';
import type { RenderPool } from '../../messages/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import type { Settle } from '../../segments/index.ts';
import type { KeyIdentity, Keyring } from '../../users/index.ts';
import type { RateClass } from './rate-limits.ts';

export interface RestParts {
  pool: Pool;
  inbox: Inbox;
  results: Pick<Results, 'wait'>;
  keyring: Keyring;
  box: SecretBox;
  clock: () => Date;
  slots: number;
  version: string;
  /** Begins the erasure of a person, which the pipeline makes. */
  requestErasure: (
    db: Pool,
    request: { workspaceId: number; contactId: number; by: Origin; clock: () => Date },
  ) => Promise<unknown>;
  /** What time did to segments that nobody has written down yet. */
  settle: Settle;
  settingsOf: (workspaceId: number) => Promise<WorkspaceSettings>;
  definitions: EventDefinitions;
  renderPool: RenderPool;
  /** Where this program is reached, for links. */
  publicUrl: string;
  /** Counts events that their types do not take; left out: nobody does. */
  errorTally?: Pick<ErrorTally, 'add'>;
}

type Schema = z.ZodType | undefined;
type Parsed<Part extends Schema> = Part extends z.ZodType ? z.output<Part> : undefined;

export interface RestContext<Params = unknown, Query = unknown, Body = unknown> {
  parts: RestParts;
  db: Pool;
  now: Date;
  key: KeyIdentity;
  /** The key as it was sent. */
  token: string;
  workspaceId: number;
  settings: WorkspaceSettings;
  /** Of national phone numbers. */
  country: string | undefined;
  by: Origin;
  /** Of everything that makes two calls the same. */
  callHash: () => Buffer;
  params: Params;
  query: Query;
  body: Body;
}

export class Answer {
  readonly body: unknown;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(
    body: unknown,
    { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
  ) {
    this.body = body;
    this.status = status;
    this.headers = headers;
  }
}

interface Definition<Params extends Schema, Query extends Schema, Body extends Schema> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api`, with parameters as `:name`. */
  url: `/v${1 | 2 | 3}/${string}`;
  summary: string;
  description?: string;
  /** All of them; none: any key will do. */
  rights: readonly Right[];
  /** Which of the rates it counts against. */
  rate?: RateClass;
  /** Takes the token of `POST /v1/auth/token`, too. */
  bearer?: boolean;
  /** Bytes; 1 MiB unless said. */
  bodyLimit?: number;
  /** Of a body that the handler checks by itself: what the reference shows. */
  shape?: z.ZodType;
  /** With *legacy answers*: lists of one as the element, numbers and booleans as strings. */
  oldAnswer?: boolean;
  params?: Params;
  query?: Query;
  body?: Body;
  handler: (context: RestContext<Parsed<Params>, Parsed<Query>, Parsed<Body>>) => unknown;
}

/** A call that takes a body shows one that is accepted. */
type Example<Body extends Schema> = Body extends z.ZodType
  ? { example: z.input<Body> }
  : { example?: undefined };

/** As the routes and the reference see it. */
export interface Endpoint extends Omit<Definition<Schema, Schema, Schema>, 'handler'> {
  example?: unknown;
  handler: (context: RestContext) => unknown;
}

export function defineEndpoint<
  Params extends Schema = undefined,
  Query extends Schema = undefined,
  Body extends Schema = undefined,
>(definition: Definition<Params, Query, Body> & Example<Body>): Endpoint {
  // The only place where it loses its types: contexts are built from the same record's schemas.
  return definition as unknown as Endpoint;
}
