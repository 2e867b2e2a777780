import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** A line break in a name would start a header of its own. */
const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !/\p{Cc}/u.test(text), 'Write it on one line, without control characters.');

const domainName = oneLine(253)
  .min(3)
  .describe('As people write it; letters beyond ASCII become IDNA.');

const fault = z.object({
  code: z.string().describe('What is wrong, in a word.'),
  detail: z.string().optional(),
});

export const domainRecordSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['spf', 'dkim', 'dmarc', 'return_mx']),
    type: z.enum(['TXT', 'MX']),
    name: z.string().describe('Where it stands in DNS.'),
    expected: z
      .string()
      .describe('What is to stand there; empty until it is said who sends, or who takes mail.'),
    needed: z.boolean().describe('Without it the domain is not verified.'),
    selector: z.string().nullable().describe('Of a DKIM key.'),
    signs: z.boolean().describe('Messages are signed with this key now.'),
    state: z.enum(['unknown', 'right', 'missing', 'differs']),
    found: z.array(z.string()),
    faults: z.array(fault),
    notes: z.array(fault).describe('What is good to know though the record is right.'),
    lookups: z.int().nullable().describe('DNS look-ups that SPF needs; 10 are allowed.'),
    trouble: z
      .string()
      .nullable()
      .describe('Why DNS could not be asked last; the state is from before.'),
    checked_at: instantSchema.nullable(),
  })
  .meta({ id: 'DomainRecord' });
export type DomainRecord = z.input<typeof domainRecordSchema>;

const vendorDnsSchema = z.object({
  vendor: z.string(),
  return_path: z
    .enum(['vendor', 'below', 'domain'])
    .describe(
      'Where receivers look SPF up: at the vendor, below the sender’s domain, or at that domain.',
    ),
  records: z.array(
    z.object({
      purpose: z.enum(['spf', 'dkim', 'return_path']),
      type: z.enum(['TXT', 'MX', 'CNAME']),
      name: z.string().describe('`…` stands for what only the vendor’s console says.'),
      value: z.string().nullable().describe('null: only the vendor’s console says it.'),
      optional: z.boolean(),
    }),
  ),
});

const dkimKeySchema = z.object({
  selector: z.string(),
  state: z
    .enum(['made', 'seen', 'signing', 'retired'])
    .describe('made: not in DNS yet; seen: it is, and the other one signs.'),
  made_at: instantSchema,
  signs_since: instantSchema.nullable().describe('null: from the beginning, or never.'),
  retired_at: instantSchema.nullable(),
});

export const senderDomainSchema = z
  .object({
    id: idSchema,
    domain: z.string().describe('As DNS knows it.'),
    display: z.string().describe('As people write it.'),
    registered: z.string().describe('The registered domain, which is most often the zone of DNS.'),
    senders: z.array(z.string()).describe('What sends for it, as mechanisms of SPF.'),
    return_domain: z.string().nullable().describe('Where returned mail comes to.'),
    state: z
      .enum(['pending', 'verified', 'broken'])
      .describe('broken: it was verified, and is not any more.'),
    state_at: instantSchema,
    carried_by: z
      .enum(['us', 'vendor'])
      .describe(
        'Who signs: we, for SMTP servers, or vendors with keys of their own, whose records they name.',
      ),
    vendors: z.array(z.string()).describe('The vendors that sign with keys of their own.'),
    spf_suggestions: z
      .array(z.object({ term: z.string(), provider: z.string(), documented: z.boolean() }))
      .describe('What the operators of the SMTP servers ask for; else it is a guess.'),
    own_return_paths: z
      .array(z.string())
      .describe('SMTP providers whose server has a return path with an SPF of its own.'),
    vendor_dns: z.array(vendorDnsSchema).describe('What the vendors ask for in DNS.'),
    records: z.array(domainRecordSchema),
    rotation: z.object({
      next_selector: z.string(),
      ready: z.boolean().describe('The next key is in DNS.'),
      renew_after: instantSchema
        .nullable()
        .describe('Until then mail that the idle key signed may be on its way.'),
      due_at: instantSchema.nullable().describe('From then on another key should sign.'),
      keys: z.array(dkimKeySchema),
    }),
    history: z.array(
      z.object({ at: instantSchema, record: z.string(), from: z.string(), to: z.string() }),
    ),
    sender_count: z.int(),
    used_by: z.object({ messages: z.int(), providers: z.array(z.string()) }),
    checked_at: instantSchema.nullable(),
    check_at: instantSchema,
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'SenderDomain' });
export type SenderDomain = z.input<typeof senderDomainSchema>;

const sendersOfDomain = z
  .array(oneLine(300).min(1))
  .max(20)
  .describe('Who may send in its name, as in SPF: `include:mail.example`, `ip4:192.0.2.1`.');

export const newSenderDomainSchema = z.strictObject({
  domain: domainName,
  senders: sendersOfDomain.default([]),
  return_domain: domainName.optional(),
});

export const senderDomainChangeSchema = z.strictObject({
  senders: sendersOfDomain.optional(),
  return_domain: domainName.nullable().optional(),
});

export const keyRenewalSchema = z.strictObject({
  even_in_transit: z
    .boolean()
    .default(false)
    .describe('Though mail that the key signed may still be on its way.'),
});

/** A domain that something is sent from, whether it was added here or not. */
export const usedDomainSchema = z
  .object({
    domain: z.string(),
    messages: z.int(),
    providers: z.array(z.string()),
  })
  .meta({ id: 'UsedDomain' });
export type UsedDomain = z.input<typeof usedDomainSchema>;

const namedUseSchema = z.object({ id: idSchema, name: z.string() });

export const senderUsesSchema = z
  .object({ messages: z.array(namedUseSchema), providers: z.array(namedUseSchema) })
  .meta({ id: 'SenderUses' });
export type SenderUses = z.input<typeof senderUsesSchema>;

export const senderSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    address: z.string(),
    reply_to: z.string().nullable(),
    domain: z.string(),
    domain_id: idSchema,
    domain_state: z.enum(['pending', 'verified', 'broken']),
    is_default: z.boolean().describe('Messages that name nobody are from it.'),
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'Sender' });
export type Sender = z.input<typeof senderSchema>;

export const newSenderSchema = z.strictObject({
  name: oneLine(100),
  address: oneLine(254).min(3).describe('At a domain of the workspace, or below one.'),
  reply_to: oneLine(254).min(3).optional(),
  is_default: z.boolean().default(false),
});

export const senderChangeSchema = z.strictObject({
  name: oneLine(100).optional(),
  reply_to: oneLine(254).min(3).nullable().optional(),
  is_default: z.boolean().optional(),
});
