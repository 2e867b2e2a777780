import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

export const PROMO_CODE_STATES = ['free', 'used', 'expired'] as const;

const name = z.string().trim().min(1).max(200);
const type = z.string().trim().min(1).max(100);
const discount = z.number().min(0).max(1_000_000_000);
const warnBelow = z.int().min(1).max(1_000_000_000);

/** Codes that workflows give away. */
export const promoPoolSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    /** The caller's own word for these codes, as the REST API asks for them. */
    type: z.string().nullable(),
    /** In whatever the shop counts it: per cent, or money. */
    discount: z.number().nullable(),
    /** Of codes that come without an expiration of their own. */
    expires_at: instantSchema.nullable(),
    /** When fewer are left, it stands on the home page, and an event tells it. */
    warn_below: z.number().int().nullable(),
    /** Fewer are left than that. */
    low: z.boolean(),
    archived_at: instantSchema.nullable(),
    /** added = left + used + expired */
    added: z.number().int(),
    left: z.number().int(),
    used: z.number().int(),
    expired: z.number().int(),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'PromoPool' });
export type PromoPool = z.input<typeof promoPoolSchema>;

export const newPromoPoolSchema = z.strictObject({
  name,
  type: type.nullable().default(null),
  discount: discount.nullable().default(null),
  expires_at: instantSchema.nullable().default(null),
  warn_below: warnBelow.nullable().default(null),
});
export type NewPromoPool = z.input<typeof newPromoPoolSchema>;

export const promoPoolChangeSchema = z.strictObject({
  name: name.optional(),
  type: type.nullable().optional(),
  discount: discount.nullable().optional(),
  expires_at: instantSchema.nullable().optional(),
  warn_below: warnBelow.nullable().optional(),
  /** An archived pool gives nothing away. */
  archived: z.boolean().optional(),
});
export type PromoPoolChange = z.input<typeof promoPoolChangeSchema>;

/** Codes to add, at most 50,000: as a list, or as text with one a line, or CSV. */
export const promoCodesToAddSchema = z.union(
  [
    z.strictObject({
      codes: z
        .array(
          z.union([
            z.string().max(1_000),
            z.strictObject({
              code: z.string().max(1_000),
              expires_at: z.string().max(100).nullish(),
            }),
          ]),
        )
        .min(1)
        .max(50_000),
    }),
    z.strictObject({
      csv: z.string().min(1),
      /** Of the first line, where the text is a piece of a longer one. */
      first_line: z.int().min(1).default(1),
    }),
  ],
  { error: 'Expected `codes`, a list, or `csv`, a text.' },
);
export type PromoCodesToAdd = z.input<typeof promoCodesToAddSchema>;

export const promoCodesAddedSchema = z
  .object({
    added: z.number().int(),
    /** Codes that the workspace has already, or that came twice. */
    duplicates: z.number().int(),
    invalid: z.number().int(),
    /** The first hundred of those two, with their lines. */
    refused: z.array(
      z.object({
        line: z.number().int(),
        code: z.string(),
        problem: z.enum(['duplicate', 'invalid', 'expired', 'date']),
      }),
    ),
  })
  .meta({ id: 'PromoCodesAdded' });
export type PromoCodesAdded = z.input<typeof promoCodesAddedSchema>;

export const promoCodeSchema = z
  .object({
    id: idSchema,
    code: z.string(),
    state: z.enum(PROMO_CODE_STATES),
    expires_at: instantSchema.nullable(),
    added_at: instantSchema,
    used_at: instantSchema.nullable(),
    /** Who got it, in which run; null: nobody, or somebody who was erased, or it was used elsewhere. */
    contact: idSchema.nullable(),
    workflow: idSchema.nullable(),
    run: idSchema.nullable(),
  })
  .meta({ id: 'PromoCode' });
export type PromoCode = z.input<typeof promoCodeSchema>;

/** A code that a contact got. */
export const contactPromoCodeSchema = z
  .object({
    code: z.string(),
    pool: idSchema,
    pool_name: z.string(),
    discount: z.number().nullable(),
    expires_at: instantSchema.nullable(),
    taken_at: instantSchema,
    workflow: idSchema,
    run: idSchema,
    block: z.string(),
  })
  .meta({ id: 'ContactPromoCode' });
export type ContactPromoCode = z.input<typeof contactPromoCodeSchema>;
