import type { Contact } from '@perennial/contracts';
import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMemo, useState, type FormEvent } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { zoneNames } from '../session/regions.ts';
import { ConsentBox, consentMembers, noConsent } from './ConsentBox.tsx';
import classes from './ContactPage.module.css';

const fields = ['first_name', 'last_name', 'email', 'phone', 'external_id', 'language'] as const;
type Field = (typeof fields)[number];
type Draft = Record<Field | 'time_zone', string>;

/** Changes names, addresses and region; only what was changed is sent. */
export function EditContact({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const t = useText();
  const zones = useMemo(() => zoneNames(contact.time_zone), [contact.time_zone]);
  const before = useMemo(() => draftOf(contact), [contact]);
  const [draft, setDraft] = useState(before);
  const [consent, setConsent] = useState(noConsent);
  const save = useChange(
    (api, change: Partial<Record<keyof Draft, string | null>>) =>
      api.patch(`/contacts/${contact.id}`, {
        ...change,
        ...(bringsAddress(change) ? consentMembers(consent) : {}),
      }),
    ['/contacts'],
  );
  // A given external ID is replaced by a step of its own: the old one stays taken.
  const shown = fields.filter((field) => field !== 'external_id' || contact.external_id === null);
  const change = changedMembers(before, draft);
  const labels: Record<Field, string> = {
    first_name: t('contacts.field.first_name'),
    last_name: t('contacts.field.last_name'),
    email: t('contacts.edit.email'),
    phone: t('contacts.edit.phone'),
    external_id: t('contacts.edit.externalId'),
    language: t('contacts.field.language'),
  };
  const errorAt = (field: string) =>
    save.error?.errors.find((error) => error.path === `/${field}`)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(change, {
      onSuccess: () => {
        notifications.show({ message: t('contacts.edit.saved') });
        onClose();
      },
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('contacts.edit.title')} size={560}>
      <form onSubmit={submit}>
        <div className={classes.form}>
          {shown.map((field) => (
            <TextInput
              key={field}
              label={labels[field]}
              value={draft[field]}
              error={errorAt(field)}
              dir="auto"
              onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
            />
          ))}
          <Select
            className={classes.wide ?? ''}
            label={t('contacts.field.time_zone')}
            data={zones}
            value={draft.time_zone || null}
            searchable
            clearable
            error={errorAt('time_zone')}
            onChange={(zone) => setDraft({ ...draft, time_zone: zone ?? '' })}
          />
          {bringsAddress(change) ? <ConsentBox consent={consent} onChange={setConsent} /> : null}
        </div>
        {save.error && save.error.errors.length === 0 ? (
          <p role="alert" style={{ color: 'var(--p-danger)' }}>
            {problemWords(save.error, t).detail}
          </p>
        ) : null}
        <Group justify="flex-end" mt="xl">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={Object.keys(change).length === 0}
            loading={save.isPending}
          >
            {t('app.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function draftOf(contact: Contact): Draft {
  const entries = [...fields, 'time_zone' as const].map((name) => [name, contact[name] ?? '']);
  return Object.fromEntries(entries) as Draft;
}

function bringsAddress({ email, phone }: Partial<Record<keyof Draft, string | null>>): boolean {
  return Boolean(email || phone);
}

/** Emptied members become null, which removes the value. */
function changedMembers(before: Draft, after: Draft): Partial<Record<keyof Draft, string | null>> {
  const changed = (Object.keys(after) as (keyof Draft)[]).filter(
    (name) => before[name] !== after[name].trim(),
  );
  return Object.fromEntries(changed.map((name) => [name, after[name].trim() || null]));
}
