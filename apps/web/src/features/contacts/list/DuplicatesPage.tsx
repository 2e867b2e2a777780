import { Anchor, Button, SegmentedControl } from '@mantine/core';
import type { Contact, DuplicateGroup } from '@perennial/contracts';
import { EmptyState, Page, PageHeader, SkeletonFacts } from '@perennial/ui';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { FormattedNumber, useIntl } from 'react-intl';
import { Link } from 'react-router';
import { useList } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { useUrlState } from '../../../app/use-url-state.ts';
import { valueOf } from '../edit/card-field.ts';
import { FieldText } from '../FieldText.tsx';
import { useCardFields } from '../use-card-fields.ts';
import { sourceWord } from '../value-words.ts';
import { differ, fieldsWithValues } from './compare-contacts.ts';
import { MergeAll } from './MergeAll.tsx';
import { MergeInto } from './MergeInto.tsx';
import classes from './ContactList.module.css';

/** Contacts that share an e-mail or a phone, side by side. */
export function DuplicatesPage() {
  const t = useText();
  const to = useTo();
  const [{ by }, setState] = useUrlState({ by: 'email' });
  const mayWrite = useRight('contacts.write');
  const [merging, setMerging] = useState(false);
  const groups = useList<DuplicateGroup>('/contact_duplicates', { query: { by, limit: 25 } });
  return (
    <Page
      header={
        <PageHeader
          back={
            <Anchor component={Link} to={to('contacts')} size="sm" c="dimmed">
              {t('app.contacts.all')}
            </Anchor>
          }
          title={t('contacts.duplicates')}
          detail={t('contacts.duplicates.detail')}
          actions={
            mayWrite && groups.items.length > 0 ? (
              <Button variant="default" onClick={() => setMerging(true)}>
                {t('contacts.duplicates.mergeAll')}
              </Button>
            ) : null
          }
        />
      }
    >
      <div className={classes.choice}>
        <SegmentedControl
          size="xs"
          value={by}
          onChange={(value) => setState({ by: value })}
          data={[
            { value: 'email', label: t('contacts.duplicates.email') },
            { value: 'phone', label: t('contacts.duplicates.phone') },
          ]}
        />
      </div>
      {groups.error && groups.items.length === 0 ? (
        <Problem error={groups.error} onRetry={groups.retry} />
      ) : null}
      {groups.loading ? <SkeletonFacts rows={8} /> : null}
      {!groups.loading && !groups.error && groups.items.length === 0 ? (
        <EmptyState icon={IconUsersGroup} title={t('contacts.duplicates.none', { by })}>
          {t('contacts.duplicates.noneDetail')}
        </EmptyState>
      ) : null}
      <div className={classes.groups}>
        {groups.items.map((group) => (
          <Group key={group.value} group={group} mayWrite={mayWrite} />
        ))}
        {groups.hasMore ? (
          <Button variant="default" loading={groups.loadingMore} onClick={groups.more}>
            {t('contacts.duplicates.more')}
          </Button>
        ) : null}
      </div>
      {merging ? (
        <MergeAll by={by === 'phone' ? 'phone' : 'email'} onClose={() => setMerging(false)} />
      ) : null}
    </Page>
  );
}

function Group({ group, mayWrite }: { group: DuplicateGroup; mayWrite: boolean }) {
  const t = useText();
  const to = useTo();
  const rows = useRows(group.contacts);
  return (
    <section className={classes.group}>
      <h2 className={classes.groupHead}>
        <span dir="auto">{group.value}</span>
        <span>
          <FormattedNumber value={group.total} />
        </span>
      </h2>
      <table className={classes.facts}>
        <tbody>
          {rows.map(({ label, of }) => {
            const values = group.contacts.map(of);
            const differs = differ(values.map(({ said }) => said));
            return (
              <tr key={label}>
                <th scope="row" dir="auto">
                  {label}
                </th>
                {group.contacts.map((contact, n) => (
                  <td key={contact.id} data-differs={differs || undefined} dir="auto">
                    {values[n]?.shown}
                  </td>
                ))}
              </tr>
            );
          })}
          <tr>
            <th scope="row" aria-label={t('contacts.column.id')} />
            {group.contacts.map((contact) => (
              <td key={contact.id}>
                <span className={classes.groupActions}>
                  {mayWrite ? (
                    <MergeInto
                      keep={contact}
                      others={group.contacts.filter(({ id }) => id !== contact.id)}
                    />
                  ) : null}
                  <Anchor component={Link} to={to(`contacts/${contact.id}`)} size="sm">
                    {t('contacts.duplicates.open', { id: contact.id })}
                  </Anchor>
                </span>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

interface Cell {
  /** By what it is compared: what people read, not what lies behind. */
  said: unknown;
  shown: ReactNode;
}

interface Row {
  label: string;
  of: (contact: Contact) => Cell;
}

/** Every field in which one of them has a value, and where they came from. */
function useRows(contacts: readonly Contact[]): Row[] {
  const t = useText();
  const intl = useIntl();
  const { system, groups } = useCardFields();
  const fields = [...system, ...groups.flatMap((group) => group.fields)];
  const text = (said: string | null): Cell => ({ said, shown: said ?? '–' });
  const instant = (at: string | null): Cell =>
    text(at && intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' }));
  return [
    { label: t('contacts.column.externalId'), of: (contact) => text(contact.external_id) },
    ...fieldsWithValues(contacts, fields)
      .filter(({ key }) => key !== 'external_id' && key !== 'source')
      .map((field): Row => {
        const cell = (said: unknown) => ({ said, shown: <FieldText value={said} field={field} /> });
        return { label: field.label, of: (contact) => cell(valueOf(contact, field.key)) };
      }),
    { label: t('contacts.column.source'), of: ({ source }) => text(sourceWord(source, intl)) },
    { label: t('contacts.column.created'), of: (contact) => instant(contact.created_at) },
    { label: t('contacts.column.seen'), of: (contact) => instant(contact.last_seen_at) },
  ];
}
