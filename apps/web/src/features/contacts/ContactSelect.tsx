import type { Contact } from '@perennial/contracts';
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useList, useRead } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { useAsked } from '../../app/use-asked.ts';
import { contactName } from './contact.ts';

interface ContactSelectProps {
  label: string;
  /** Shown while none is chosen. */
  placeholder: string;
  size?: 'xs' | 'sm';
  /** As wide as what it stands in, as the fields of a form are. */
  fullWidth?: boolean;
  value: string | null;
  onChange: (id: string | null) => void;
}

/** Picks one contact by typing the beginning of a name, an address or an ID. */
export function ContactSelect(props: ContactSelectProps) {
  const { label, placeholder, value, onChange, size = 'xs', fullWidth = false } = props;
  const t = useText();
  const [typed, setTyped] = useState('');
  const chosen = useRead<Contact>(`/contacts/${value}`, { enabled: value !== null });
  const nameOf = (contact: Contact) =>
    contactName(contact) ?? t('app.contact.unnamed', { id: contact.id });
  const asked = useAsked(typed, chosen.data && nameOf(chosen.data));
  const found = useList<Contact>('/contacts', { query: { search: asked, limit: 20 } });
  const others = found.items.filter((contact) => contact.id !== value);
  const offered = chosen.data ? [chosen.data, ...others] : others;
  return (
    <Select
      size={size}
      w={fullWidth ? '100%' : 220}
      aria-label={label}
      placeholder={placeholder}
      data={offered.map((contact) => ({ value: contact.id, label: nameOf(contact) }))}
      // The server has searched already, by more than what is shown.
      filter={({ options }) => options}
      searchable
      clearable
      value={value}
      onChange={onChange}
      onSearchChange={setTyped}
    />
  );
}
