import { Panel, SkeletonLines } from '@perennial/ui';
import { useRead } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import classes from './ContactPage.module.css';

interface Membership {
  id: string;
  name: string;
}

/** Segments and lists the contact is in; nothing at all where the server has none to tell of. */
export function MembershipsPanel({ contactId }: { contactId: string }) {
  const t = useText();
  const segments = useRead<{ items: Membership[] }>(`/contacts/${contactId}/segments`);
  if (segments.error) return null;
  return (
    <Panel title={t('contacts.memberships')}>
      {segments.isPending ? <SkeletonLines lines={1} /> : null}
      {segments.data?.items.length === 0 ? (
        <p className={classes.none}>{t('contacts.memberships.none')}</p>
      ) : null}
      <div className={classes.chips}>
        {segments.data?.items.map((segment) => (
          <span key={segment.id} className={classes.chip} dir="auto">
            {segment.name}
          </span>
        ))}
      </div>
    </Panel>
  );
}
