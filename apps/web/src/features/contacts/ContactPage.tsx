import { Alert, Anchor, Button, Tabs } from '@mantine/core';
import type { ContactCard } from '@perennial/contracts';
import { Avatar, Copyable, Page, PageHeader, SkeletonFacts, Time } from '@perennial/ui';
import { IconEyeOff, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { FormattedNumber } from 'react-intl';
import { Link, useParams } from 'react-router';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { Rich, useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { ContactMenu } from '../merges/ContactMenu.tsx';
import { activityTotal } from './activity.ts';
import { ActivityTab } from './ActivityTab.tsx';
import { contactName } from './contact.ts';
import { DeletedBanner } from './DeletedBanner.tsx';
import { EditContact } from './EditContact.tsx';
import { InformationTab } from './InformationTab.tsx';
import classes from './ContactPage.module.css';

/** The card: everything known about a contact, and everything that happened. */
export function ContactPage() {
  const t = useText();
  const { id = '' } = useParams();
  const [{ tab }, setState] = useUrlState({ tab: 'information' });
  const contact = useRead<ContactCard>(`/contacts/${id}`, { every: 15_000 });
  if (contact.error && !contact.data) {
    return (
      <Page header={<PageHeader title={t('app.contact.unnamed', { id })} back={<Back />} />}>
        <Problem error={contact.error} onRetry={() => void contact.refetch()} />
      </Page>
    );
  }
  return (
    <Tabs
      className={classes.tabs ?? ''}
      value={tab}
      onChange={(value) => setState({ tab: value ?? 'information' })}
    >
      <Page
        key={tab}
        width={tab === 'activity' ? 'reading' : 'full'}
        header={<Header id={id} contact={contact.data} />}
      >
        {contact.data?.deleted_at ? <DeletedBanner id={id} at={contact.data.deleted_at} /> : null}
        <Tabs.Panel value="information">
          {contact.data ? <InformationTab contact={contact.data} /> : <SkeletonFacts rows={10} />}
        </Tabs.Panel>
        <Tabs.Panel value="activity">
          <ActivityTab contactId={id} />
        </Tabs.Panel>
      </Page>
    </Tabs>
  );
}

function Header({ id, contact }: { id: string; contact: ContactCard | undefined }) {
  const t = useText();
  const mayWrite = useRight('contacts.write');
  const seesPersonal = useRight('contacts.read_personal');
  const [editing, setEditing] = useState(false);
  const name = contact && (contactName(contact) ?? t('app.contact.anonymous'));
  return (
    <>
      <PageHeader
        back={<Back />}
        leading={<Avatar name={name ?? id} size={40} />}
        title={name}
        loading={!contact}
        detail={
          <span className={classes.identity}>
            <Copyable value={id} mono />
            {contact?.external_id ? <Copyable value={contact.external_id} mono /> : null}
            {contact ? <Seen at={contact.last_seen_at} /> : null}
          </span>
        }
        actions={
          contact && mayWrite && seesPersonal ? (
            <>
              <Button
                variant="default"
                leftSection={<IconPencil size={16} />}
                onClick={() => setEditing(true)}
              >
                {t('contacts.edit')}
              </Button>
              <ContactMenu contact={contact} />
            </>
          ) : null
        }
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
                {contact ? (
                  <span className={classes.tabCount}>
                    <FormattedNumber value={activityTotal(contact.counts)} />
                  </span>
                ) : null}
              </Tabs.Tab>
            </Tabs.List>
          </>
        }
      />
      {contact && editing ? (
        <EditContact contact={contact} onClose={() => setEditing(false)} />
      ) : null}
    </>
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
