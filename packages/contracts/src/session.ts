import { z } from 'zod';
import { instantSchema } from './instant.ts';
import {
  meSchema,
  membershipSchema,
  passwordSchema,
  totpCodeSchema,
  userNameSchema,
  userEmailSchema,
} from './user.ts';

/** Who is logged in, and where they may go. `csrf_token` comes back as `X-CSRF-Token`. */
export const sessionSchema = z
  .object({ user: meSchema, workspaces: z.array(membershipSchema), csrf_token: z.string() })
  .meta({ id: 'Session' });
export type Session = z.input<typeof sessionSchema>;

export const logInSchema = z.strictObject({
  email: z.string().trim().max(254).toLowerCase(),
  password: z.string().max(200),
  totp: totpCodeSchema.optional(),
});

/** The token of a one-time link: first log-in, invitation, password reset. */
export const linkTokenSchema = z.string().min(1).max(200);

export const setupInfoSchema = z.object({
  email: z.string(),
  name: z.string(),
  purpose: z.enum(['first_login', 'invitation', 'password_reset']),
  totp_required: z.boolean(),
});
export type SetupInfo = z.input<typeof setupInfoSchema>;

export const setupSchema = z.strictObject({
  token: linkTokenSchema,
  password: passwordSchema,
  name: userNameSchema.optional(),
  /** Only with the link of the first log-in: the account was made before its owner was known. */
  email: userEmailSchema.optional(),
  totp: totpCodeSchema.optional(),
});

/** A place where the user is logged in. */
export const openSessionSchema = z
  .object({
    id: z.string(),
    current: z.boolean(),
    agent: z.string().nullable(),
    ip: z.string().nullable(),
    created_at: instantSchema,
    seen_at: instantSchema,
    expires_at: instantSchema,
  })
  .meta({ id: 'OpenSession' });
export type OpenSession = z.input<typeof openSessionSchema>;
