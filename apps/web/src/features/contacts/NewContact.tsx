import { Anchor, TextInput } from '@mantine/core';
import type { ContactCard, NewContact as Input } from '@perennial/contracts';
import { useState } from 'react';
import { Link } from 'react-router';
import type { TextId } from '../../app/catalogue.ts';
import { useChange, useRead } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { errorAt } from '../../app/form-problem.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useGo, useTo } from '../../app/use-to.ts';
import { ConsentBox, consentMembers, noConsent } from './ConsentBox.tsx';
import { contactName } from './contact.ts';
import classes from './ContactPage.module.css';

const members = ['first_name', 'last_name', 'email', 'phone', 'external_id'] as const;
type Member = (typeof members)[number];

const labels: Record<Member, TextId> = {
  first_name: 'contacts.new.firstName',
  last_name: 'contacts.new.lastName',
  email: 'contacts.column.email',
  phone: 'contacts.column.phone',
  external_id: 'contacts.column.externalId',
};

const kinds: Partial<Record<Member, 'email' | 'tel'>> = { email: 'email', phone: 'tel' };

/** Enters a contact by hand, and opens its card. */
export function NewContact({ onClose }: { onClose: () => void }) {
  const t = useText();
  const go = useGo();
  const [values, setValues] = useState<Partial<Record<Member, string>>>({});
  const [consent, setConsent] = useState(noConsent);
  const create = useChange(
    (api, input: Input) => api.post<ContactCard>('/contacts', input),
    ['/contacts'],
  );
  const filled = filledOf(values);
  const hasAddress = Boolean(filled.email ?? filled.phone);
  const submit = () => {
    create.mutate(
      { ...filled, ...(hasAddress ? consentMembers(consent) : {}) },
      { onSuccess: ({ id }) => go(`contacts/${id}`) },
    );
  };
  const field = (member: Member) => (
    <TextInput
      key={member}
      {...(member === 'first_name' ? { 'data-autofocus': true } : {})}
      label={t(labels[member])}
      {...(member === 'phone' ? { description: t('contacts.new.phoneHint') } : {})}
      type={kinds[member] ?? 'text'}
      dir={member === 'phone' ? 'ltr' : 'auto'}
      maxLength={300}
      value={values[member] ?? ''}
      error={errorAt(create.error, `/${member}`)}
      onChange={(event) => setValues({ ...values, [member]: event.currentTarget.value })}
    />
  );
  const elsewhere = create.error && !members.some((member) => errorAt(create.error, `/${member}`));
  return (
    <FormDialog
      title={t('contacts.new')}
      size={520}
      action={t('contacts.new.go')}
      noValidate
      ready={hasAddress || Boolean(filled.external_id)}
      pending={create.isPending}
      problem={
        create.error && elsewhere ? (
          <>
            {problemWords(create.error, t).detail}{' '}
            {create.error.existing ? <OpenExisting id={create.error.existing} /> : null}
          </>
        ) : null
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.plain}>{t('contacts.new.needs')}</p>
      <div className={classes.pair}>
        {field('first_name')}
        {field('last_name')}
      </div>
      {field('email')}
      {field('phone')}
      {field('external_id')}
      {hasAddress ? <ConsentBox consent={consent} onChange={setConsent} /> : null}
    </FormDialog>
  );
}

/** Leads to who has the address already. */
function OpenExisting({ id }: { id: string }) {
  const t = useText();
  const to = useTo();
  const { data: contact } = useRead<ContactCard>(`/contacts/${id}`);
  const name = (contact && contactName(contact)) ?? t('app.contact.unnamed', { id });
  return (
    <Anchor component={Link} to={to(`contacts/${id}`)} inherit dir="auto">
      {t('contacts.new.open', { name })}
    </Anchor>
  );
}

function filledOf(values: Partial<Record<Member, string>>): Partial<Record<Member, string>> {
  const trimmed = members.map((member) => [member, values[member]?.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value));
}
