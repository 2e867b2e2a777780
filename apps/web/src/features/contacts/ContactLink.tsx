import type { Contact } from '@perennial/contracts';
import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useRead } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { contactName } from './contact.ts';

interface ContactLinkProps {
  /** Null for what belongs to nobody. */
  id: string | null;
}

/** A contact by name where only the ID is known; each is asked for once and remembered. */
export function ContactLink({ id }: ContactLinkProps) {
  const t = useText();
  const to = useTo();
  const contact = useRead<Contact>(`/contacts/${id}`, { enabled: id !== null });
  if (id === null) return <span>{t('app.contact.none')}</span>;
  const name = contact.data && contactName(contact.data);
  return (
    <Anchor component={Link} to={to(`contacts/${id}`)} inherit dir="auto">
      {name ?? t('app.contact.unnamed', { id })}
    </Anchor>
  );
}
