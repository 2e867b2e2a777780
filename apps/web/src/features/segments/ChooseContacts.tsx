import { CloseButton, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { Contact, MemberReference } from '@perennial/contracts';
import { Avatar } from '@perennial/ui';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { contactName } from '../contacts/contact.ts';
import { AddButtons } from './AddButtons.tsx';
import classes from './Segments.module.css';

interface ChooseContactsProps {
  progress: number | undefined;
  onAdd: (references: MemberReference[]) => void;
  onCancel: () => void;
}

/** Finds contacts by typing and gathers those that are to be added. */
export function ChooseContacts({ progress, onAdd, onCancel }: ChooseContactsProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Contact[]>([]);
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const found = useList<Contact>('/contacts', { query: { search: asked, limit: 8 } });
  const offered = found.items.filter(({ id }) => !chosen.some((contact) => contact.id === id));
  return (
    <div>
      <TextInput
        data-autofocus
        label={t('segments.add.find')}
        placeholder={t('segments.add.findHint')}
        leftSection={<IconSearch size={16} />}
        value={typed}
        dir="auto"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ul className={classes.found} aria-label={t('segments.add.find')}>
        {offered.slice(0, 5).map((contact) => (
          <li key={contact.id}>
            <UnstyledButton
              className={classes.offer}
              onClick={() => setChosen([...chosen, contact])}
            >
              <Person contact={contact} />
              <IconPlus size={16} aria-hidden />
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <h3 className={classes.subtitle}>{t('segments.add.chosen')}</h3>
      {chosen.length === 0 ? <p className={classes.none}>{t('segments.add.none')}</p> : null}
      <ul className={classes.chosen} aria-label={t('segments.add.chosen')}>
        {chosen.map((contact) => (
          <li key={contact.id} className={classes.offer}>
            <Person contact={contact} />
            <CloseButton
              size="sm"
              aria-label={t('segments.add.unchoose', {
                name: contactName(contact) ?? contact.id,
              })}
              onClick={() => setChosen(chosen.filter(({ id }) => id !== contact.id))}
            />
          </li>
        ))}
      </ul>
      <AddButtons
        count={chosen.length}
        progress={progress}
        onAdd={() => onAdd(chosen.map(({ id }) => id))}
        onCancel={onCancel}
      />
    </div>
  );
}

function Person({ contact }: { contact: Contact }) {
  const t = useText();
  const name = contactName(contact);
  const known = [contact.email, contact.phone, contact.external_id].find(
    (value) => value && value !== name,
  );
  return (
    <span className={classes.person}>
      <Avatar name={name ?? contact.id} size={24} />
      <span className={classes.personName} dir="auto">
        {name ?? t('app.contact.unnamed', { id: contact.id })}
      </span>
      <span className={classes.muted} dir="auto">
        {known}
      </span>
    </span>
  );
}
