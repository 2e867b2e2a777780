import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema, languageTagSchema, timeZoneSchema } from './instant.ts';
import { rightSchema } from './right.ts';
import { roleSchema } from './role.ts';

/** Of a user (who logs in). Lower-cased: one address is one account. */
export const userEmailSchema = z.email().max(254).toLowerCase();
export const userNameSchema = z.string().trim().max(100);

/** Length only: rules about kinds of characters make people choose worse ones. */
export const passwordSchema = z
  .string()
  .min(8, 'Use at least 8 characters.')
  .max(200, 'Use at most 200 characters.');

/** Six digits from an authenticator app; spaces that people type are dropped. */
export const totpCodeSchema = z
  .string()
  .transform((code) => code.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'Expected six digits.'));

/** Look and habits of the interface; the server only keeps them. */
export const preferencesSchema = z
  .record(z.string().max(100), z.json())
  .refine((value) => JSON.stringify(value).length <= 20_000, {
    error: 'Preferences may take 20,000 characters at most.',
  });

/** A user as the other users of the workspace see it. */
export const userSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    name: z.string(),
    role: roleSchema,
    state: z.enum(['active', 'invited', 'disabled']),
    totp_enabled: z.boolean(),
    created_at: instantSchema,
    last_seen_at: instantSchema.nullable(),
  })
  .meta({ id: 'User' });
export type User = z.input<typeof userSchema>;

export const invitationSchema = z.strictObject({
  email: userEmailSchema,
  role: roleSchema,
  name: userNameSchema.optional(),
});

/** `link` lets the invited person choose a password; null if they can log in already. */
export const invitedUserSchema = userSchema.extend({ link: z.string().nullable() });

export const userChangeSchema = z.strictObject({
  role: roleSchema.optional(),
  disabled: z.boolean().optional(),
});

export const passwordLinkSchema = z.object({ link: z.string() });

export const meSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    name: z.string(),
    locale: z.string(),
    time_zone: z.string().nullable(),
    preferences: preferencesSchema,
    totp_enabled: z.boolean(),
  })
  .meta({ id: 'Me' });
export type Me = z.input<typeof meSchema>;

export const meChangeSchema = z.strictObject({
  name: userNameSchema.optional(),
  locale: languageTagSchema.optional(),
  time_zone: timeZoneSchema.nullable().optional(),
  preferences: preferencesSchema.optional(),
});

export const passwordChangeSchema = z.strictObject({
  current: z.string().max(200),
  next: passwordSchema,
});

/** What an authenticator app needs: the secret in base32, and the same as a URI for a QR code. */
export const totpEnrolmentSchema = z.object({ secret: z.string(), uri: z.string() });
export const totpConfirmationSchema = z.strictObject({ code: totpCodeSchema });
/** Turning the second factor off takes the password, so that an open browser is not enough. */
export const totpRemovalSchema = z.strictObject({ password: z.string().max(200) });

/** A workspace that the user may enter, and what they may do there. */
export const membershipSchema = z
  .object({
    id: idSchema,
    slug: z.string(),
    name: z.string(),
    time_zone: z.string(),
    currency: z.string(),
    sample: z.boolean(),
    role: roleSchema,
    rights: z.array(rightSchema),
  })
  .meta({ id: 'Membership' });
export type Membership = z.input<typeof membershipSchema>;
