import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Contact } from '@perennial/contracts';
import { Link } from 'react-router';
import type { Api, ApiProblem } from '../../api.ts';
import { readKey } from '../../app/data.ts';
import { useApi } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { contactName } from './contact.ts';
import { readingTogether, type ReadContact } from './contact-names.ts';

interface ContactLinkProps {
  /** Null for what belongs to nobody. */
  id: string | null;
}

/** A contact by name where only the ID is known; each is asked for once and remembered. */
export function ContactLink({ id }: ContactLinkProps) {
  const t = useText();
  const to = useTo();
  const api = useApi();
  const contact = useQuery<Contact, ApiProblem>({
    queryKey: [...readKey(api.workspace, `/contacts/${id}`), 'name'],
    queryFn: () => readerOf(api)(id!),
    enabled: id !== null,
  });
  if (id === null) return <span>{t('app.contact.none')}</span>;
  const name = contact.isPending ? '…' : contact.data && contactName(contact.data);
  return (
    <Anchor component={Link} to={to(`contacts/${id}`)} inherit dir="auto">
      {name ?? t('app.contact.unnamed', { id })}
    </Anchor>
  );
}

const readers = new WeakMap<Api, ReadContact>();

function readerOf(api: Api): ReadContact {
  let reader = readers.get(api);
  if (!reader) readers.set(api, (reader = readingTogether(api)));
  return reader;
}
