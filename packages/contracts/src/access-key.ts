import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';
import { ALL_RIGHTS, rightSchema, type Right } from './right.ts';

interface KeyKindDefinition {
  label: string;
  /** What a key of this kind may be given at most, and gets by default. */
  rights: readonly Right[];
  /** Public keys sit in apps and pages: they may only append, and can be shown again. */
  isPublic: boolean;
  prefix: string;
}

const rest = ALL_RIGHTS.filter(
  (right) => !['users.write', 'settings.write', 'audit.read', 'suppressions.lift'].includes(right),
);

export const KEY_KINDS = {
  rest: { label: 'REST API', rights: rest, isPublic: false, prefix: 'per_rest_' },
  write: { label: 'Tracking', rights: ['contacts.write'], isPublic: true, prefix: 'per_write_' },
  mobile: { label: 'Mobile', rights: ['contacts.write'], isPublic: true, prefix: 'per_mobile_' },
  management: {
    label: 'Management API',
    rights: ALL_RIGHTS,
    isPublic: false,
    prefix: 'per_management_',
  },
} as const satisfies Record<string, KeyKindDefinition>;

export type KeyKind = keyof typeof KEY_KINDS;

export const ALL_KEY_KINDS = Object.keys(KEY_KINDS) as KeyKind[];

export const keyKindSchema = z.enum(ALL_KEY_KINDS as [KeyKind, ...KeyKind[]]);

export const accessKeySchema = z
  .object({
    id: idSchema,
    kind: keyKindSchema,
    name: z.string(),
    /** The whole key if it is public, else its beginning. */
    shown: z.string(),
    rights: z.array(rightSchema),
    app: idSchema.nullable().describe('The app that uses it; only of public keys.'),
    created_at: instantSchema,
    used_at: instantSchema.nullable(),
    revoked_at: instantSchema.nullable(),
  })
  .meta({ id: 'AccessKey' });
export type AccessKey = z.input<typeof accessKeySchema>;

export const newAccessKeySchema = z.strictObject({
  kind: keyKindSchema,
  name: z.string().trim().max(100).default(''),
  /** Default: all that keys of this kind may have. */
  rights: z.array(rightSchema).min(1).optional(),
  app: idSchema.optional().describe('The app that uses it; only for public keys.'),
});

export const accessKeyChangeSchema = z.strictObject({
  name: z.string().trim().max(100).optional(),
  app: idSchema.nullable().optional().describe('Null: it belongs to no app.'),
});

/** The answer that made the key: the only one that holds it whole. */
export const createdAccessKeySchema = accessKeySchema
  .extend({ token: z.string() })
  .meta({ id: 'CreatedAccessKey' });
export type CreatedAccessKey = z.input<typeof createdAccessKeySchema>;
