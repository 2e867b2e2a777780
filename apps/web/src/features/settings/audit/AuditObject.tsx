import { Anchor } from '@mantine/core';
import type { AuditEntry } from '@perennial/contracts';
import { Link } from 'react-router';
import { useList, useRead } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { ContactLink } from '../../contacts/ContactLink.tsx';
import { kindWords, saidName } from './audit-words.ts';
import { objectPlaces, type NamedObject } from './object-places.ts';

/** The object of a change by its name, with the way to it. */
export function AuditObject({ entry }: { entry: AuditEntry }) {
  const { kind, id } = entry.object;
  if (kind === 'contact' && id !== null && /^\d+$/.test(id)) return <ContactLink id={id} />;
  return <NamedLink entry={entry} />;
}

function NamedLink({ entry }: { entry: AuditEntry }) {
  const t = useText();
  const to = useTo();
  const { kind, id } = entry.object;
  const found = useObject(kind, id);
  const word = kindWords(t, kind);
  const name =
    found?.name ||
    found?.label ||
    found?.email ||
    saidName(entry) ||
    (id === null ? word : t('settings.audit.numbered', { kind: word, id }));
  const page = id === null ? undefined : objectPlaces[kind]?.page(id, found);
  if (page === undefined) return <span dir="auto">{name}</span>;
  return (
    <Anchor component={Link} to={to(page)} inherit dir="auto">
      {name}
    </Anchor>
  );
}

/** As it is now; undefined for one that is gone, or that one may not read. */
function useObject(kind: string, id: string | null): NamedObject | undefined {
  const place = objectPlaces[kind];
  const [path = '', filter] = place?.list?.split('?') ?? [];
  const list = useList<NamedObject>(path, {
    query: { limit: 500, ...(filter && Object.fromEntries(new URLSearchParams(filter))) },
    enabled: id !== null && path !== '',
  });
  const one = useRead<NamedObject>(place?.one?.(id ?? '') ?? '', {
    enabled: id !== null && place?.one !== undefined,
  });
  return place?.one ? one.data : list.items.find((each) => each.id === id || each.key === id);
}
