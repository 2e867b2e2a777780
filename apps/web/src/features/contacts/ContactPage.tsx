import { Alert, Anchor, Tabs } from '@mantine/core';
import type { ContactCard } from '@perennial/contracts';
import { Avatar, Copyable, Page, PageHeader, SkeletonFacts, Time } from '@perennial/ui';
import { IconEyeOff } from '@tabler/icons-react';
import { FormattedNumber } from 'react-intl';
import { Link, useParams } from 'react-router';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { Rich, useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { activityTotal } from './activity.ts';
import { ActivityTab } from './ActivityTab.tsx';
import { CardActions } from './CardActions.tsx';
import { contactName } from './contact.ts';
import { DeletedBanner } from './DeletedBanner.tsx';
import { EditingProvider, useEditing } from './edit/editing.tsx';
import { HeaderStatus } from './HeaderStatus.tsx';
import { InformationTab } from './InformationTab.tsx';
import classes from './ContactPage.module.css';

/** The card: everything known about a contact, and everything that happened. */
export function ContactPage() {
  const { id = '' } = useParams();
  // Another contact is another card: nothing of this one stays open.
  return (
    <EditingProvider key={id}>
      <Card id={id} />
    </EditingProvider>
  );
}

function Card({ id }: { id: string }) {
  const t = useText();
  const [{ tab }, setState] = useUrlState({ tab: 'information' });
  const editing = useEditing();
  const contact = useRead<ContactCard>(`/contacts/${id}`, {
    // What is typed stands on what was read.
    every: editing.key === null ? 15_000 : false,
  });
  if (contact.error && !contact.data) {
    return (
      <Page header={<PageHeader title={t('app.contact.unnamed', { id })} back={<Back />} />}>
        <Problem error={contact.error} onRetry={() => void contact.refetch()} />
      </Page>
    );
  }
  const edit = () => {
    setState({ tab: 'information' });
    editing.edit('first_name');
  };
  return (
    <Tabs
      className={classes.tabs ?? ''}
      value={tab}
      onChange={(value) => setState({ tab: value ?? 'information' })}
    >
      <Page
        key={tab}
        layout={tab === 'activity' ? 'fill' : 'flow'}
        header={<Header id={id} contact={contact.data} onEdit={edit} />}
      >
        {contact.data?.deleted_at ? <DeletedBanner id={id} at={contact.data.deleted_at} /> : null}
        <Tabs.Panel value="information">
          {contact.data ? <InformationTab contact={contact.data} /> : <SkeletonFacts rows={10} />}
        </Tabs.Panel>
        <Tabs.Panel value="activity" className={classes.fill ?? ''}>
          {tab === 'activity' ? <ActivityTab contactId={id} /> : null}
        </Tabs.Panel>
      </Page>
    </Tabs>
  );
}

interface HeaderProps {
  id: string;
  contact: ContactCard | undefined;
  onEdit: () => void;
}

function Header({ id, contact, onEdit }: HeaderProps) {
  const t = useText();
  const seesPersonal = useRight('contacts.read_personal');
  const name = contact && (contactName(contact) ?? t('app.contact.anonymous'));
  return (
    <PageHeader
      back={<Back />}
      leading={<Avatar name={name ?? id} size={40} />}
      title={name ? <span title={name}>{name}</span> : null}
      loading={!contact}
      status={contact ? <HeaderStatus contact={contact} /> : null}
      detail={
        <span className={classes.identity}>
          <Copyable value={id} mono />
          {contact?.external_id ? <Copyable value={contact.external_id} mono /> : null}
          {contact?.email ? <Copyable value={contact.email} /> : null}
          {contact ? <Seen at={contact.last_seen_at} /> : null}
        </span>
      }
      actions={contact ? <CardActions contact={contact} onEdit={onEdit} /> : null}
      tabs={
        <>
          {seesPersonal ? null : (
            <Alert variant="light" color="gray" icon={<IconEyeOff size={16} />} my="sm" p="sm">
              {t('contacts.masked')}
            </Alert>
          )}
          <Tabs.List>
            <Tabs.Tab value="information">{t('contacts.tab.information')}</Tabs.Tab>
            <Tabs.Tab value="activity">
              {t('contacts.tab.activity')}
              {contact ? <Total counts={contact.counts} /> : null}
            </Tabs.Tab>
          </Tabs.List>
        </>
      }
    />
  );
}

function Total({ counts }: Pick<ContactCard, 'counts'>) {
  return (
    <span className={classes.tabCount}>
      <FormattedNumber value={activityTotal(counts)} />
      {counts.exact ? '' : '+'}
    </span>
  );
}

function Seen({ at }: { at: string | null }) {
  const t = useText();
  if (!at) return <span>{t('contacts.neverSeen')}</span>;
  return (
    <span>
      <Rich id="contacts.seen" values={{ at: <Time key="at" at={at} /> }} />
    </span>
  );
}

function Back() {
  const t = useText();
  const to = useTo();
  return (
    <Anchor component={Link} to={to('contacts')} size="sm" c="dimmed">
      {t('app.contacts.all')}
    </Anchor>
  );
}
