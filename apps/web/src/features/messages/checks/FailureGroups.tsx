import { Anchor, Button } from '@mantine/core';
import type { JobError, RenderingCheck } from '@perennial/contracts';
import { SkeletonLines } from '@perennial/ui';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useList } from '../../../app/data.ts';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { Place } from './FindingList.tsx';
import classes from './Checks.module.css';

type Group = RenderingCheck['groups'][number];

/** Why a message fails, for how many, and for whom. */
export function FailureGroups({ checkId, groups }: { checkId: string; groups: readonly Group[] }) {
  return (
    <ul className={classes.list}>
      {groups.map((group) => (
        <GroupRow key={group.place} checkId={checkId} group={group} />
      ))}
    </ul>
  );
}

function GroupRow({ checkId, group }: { checkId: string; group: Group }) {
  const t = useText();
  const mayRead = useRight('contacts.read');
  const [isOpen, setOpen] = useState(false);
  const { message, n, excerpt } = group;
  return (
    <li className={classes.finding}>
      <IconAlertCircle size={16} className={classes.icon ?? ''} data-severity="error" aria-hidden />
      <span className={classes.message} dir="auto">
        <strong>{t('checks.audience.contacts', { n })}</strong>
        {': '}
        {message}
      </span>
      <span className={classes.place}>
        <Place {...group} withLanguage />
        {excerpt ? (
          <span className={classes.excerpt} dir="ltr" title={excerpt}>
            {excerpt}
          </span>
        ) : null}
      </span>
      {mayRead ? (
        <Anchor
          component="button"
          type="button"
          size="xs"
          className={classes.groupActions ?? ''}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'checks.audience.hide' : 'checks.audience.show')}
        </Anchor>
      ) : null}
      {isOpen ? <Contacts checkId={checkId} place={group.place} /> : null}
    </li>
  );
}

function Contacts({ checkId, place }: { checkId: string; place: number }) {
  const t = useText();
  const to = useTo();
  const failing = useList<JobError>(`/rendering_checks/${checkId}/contacts`, {
    query: { group: place, limit: 50 },
  });
  if (failing.loading) return <SkeletonLines lines={2} />;
  return (
    <>
      <ul className={classes.contacts}>
        {failing.items.map(({ n, contact }) => (
          <li key={n}>
            {contact ? (
              <Anchor component={Link} to={to(`contacts/${contact}`)} size="sm">
                {contact}
              </Anchor>
            ) : null}
          </li>
        ))}
      </ul>
      {failing.hasMore ? (
        <Button
          className={classes.groupActions ?? ''}
          size="compact-xs"
          variant="subtle"
          loading={failing.loadingMore}
          onClick={failing.more}
        >
          {t('checks.audience.more')}
        </Button>
      ) : null}
    </>
  );
}
