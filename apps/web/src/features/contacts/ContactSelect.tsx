import type { Contact } from '@perennial/contracts';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useList, useRead } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { contactName } from './contact.ts';

interface ContactSelectProps {
  label: string;
  /** Shown while none is chosen. */
  placeholder: string;
  size?: 'xs' | 'sm';
  value: string | null;
  onChange: (id: string | null) => void;
}

/** Picks one contact by typing the beginning of a name, an address or an ID. */
export function ContactSelect(props: ContactSelectProps) {
  const { label, placeholder, value, onChange, size = 'xs' } = props;
  const t = useText();
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const found = useList<Contact>('/contacts', { query: { search: asked, limit: 20 } });
  const chosen = useRead<Contact>(`/contacts/${value}`, { enabled: value !== null });
  const nameOf = (contact: Contact) =>
    contactName(contact) ?? t('app.contact.unnamed', { id: contact.id });
  const others = found.items.filter((contact) => contact.id !== value);
  const offered = chosen.data ? [chosen.data, ...others] : others;
  return (
    <Select
      size={size}
      w={220}
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
