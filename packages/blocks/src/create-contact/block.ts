import { z } from 'zod';
import { defineBlock, type Reference, type SettingsProblem } from '../block.ts';
import { parameter } from '../parameter/parameter.ts';
import { segmentIdSchema } from '../workflow/starts.ts';

const text = parameter(z.string().trim().min(1).max(500));

const settings = z.strictObject({
  /** What finds the contact, and what a new one gets: at least one of them. */
  external_id: text.optional(),
  email: text.optional(),
  phone: text.optional(),
  /** Values by field. */
  fields: z.record(z.string().min(1).max(200), parameter(z.json())).optional(),
  lists: z.array(segmentIdSchema).max(50).optional(),
  /** Whether new addresses count as confirmed. */
  confirmed: z.boolean().default(true),
});

type Settings = z.output<typeof settings>;

function problems({ external_id: externalId, email, phone, fields }: Settings): SettingsProblem[] {
  const nameless = [externalId, email, phone].every((value) => value === undefined);
  const twice = ['email', 'phone'].filter((field) => Object.hasOwn(fields ?? {}, field));
  return [
    ...(nameless
      ? [{ path: '', message: 'Say what finds the contact: `external_id`, `email` or `phone`.' }]
      : []),
    ...twice.map((field) => ({
      path: `/fields/${field}`,
      message: `Give \`${field}\` beside the fields, not among them.`,
    })),
  ];
}

/** Creates another contact, or changes the one that is there, and waits until that is done. */
export const createContactBlock = defineBlock({
  type: 'create_contact',
  group: 'contact',
  icon: 'user-plus',
  label: 'Create contact',
  settings,
  exits: () => ['created', 'updated'],
  waiting: false,
  onFailure: 'end',
  sentence: ({ external_id: externalId, email }) => ({
    id: 'block.create_contact.sentence',
    values: { by: externalId === undefined ? (email === undefined ? 'phone' : 'email') : 'id' },
  }),
  defaults: () => ({ email: { $event: 'email' } }),
  references: ({ fields, lists }): Reference[] => [
    ...Object.keys(fields ?? {}).map((key) => ({
      kind: 'field' as const,
      key,
      writes: true,
      path: `/fields/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    })),
    ...(lists ?? []).map((id, i) => ({ kind: 'list' as const, id, path: `/lists/${i}` })),
  ],
  problems,
  texts: {
    label: 'Create contact',
    sentence:
      'Create or update the contact with {by, select, id {an external ID} email {an email address} other {a phone number}}',
  },
});
