import { ActionIcon, Anchor, Menu, ScrollArea, TextInput, Tooltip } from '@mantine/core';
import type { ContactCard, ContactSegment, Page, Segment } from '@perennial/contracts';
import { Panel, Time } from '@perennial/ui';
import { IconHelpCircle, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useChange, useList, useRead } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useShowUndo } from '../../app/show-undo.tsx';
import { Rich, useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { WhyDialog } from '../segments/explain/WhyDialog.tsx';
import classes from './ContactPage.module.css';

/** What the contact is in, since when; lists can be added and left here. */
export function ListsPanel({
  contact: { id: contactId, deleted_at: deleted },
}: {
  contact: Pick<ContactCard, 'id' | 'deleted_at'>;
}) {
  const t = useText();
  const mayWrite = useRight('segments.write') && deleted === null;
  const path = `/contacts/${contactId}/segments`;
  const segments = useRead<Page<ContactSegment>>(path, { every: 15_000 });
  const items = segments.data?.items ?? [];
  const { enter, leave } = useMembership(contactId);
  const [asked, setAsked] = useState<ContactSegment>();
  return (
    <Panel
      title={t('segments.card')}
      actions={mayWrite ? <AddToList held={items} onChoose={enter} /> : null}
    >
      {segments.data && items.length === 0 ? (
        <p className={classes.none}>{t('segments.card.none')}</p>
      ) : null}
      {items.map((segment) => (
        <Row
          key={segment.id}
          segment={segment}
          onWhy={segment.kind === 'dynamic' ? () => setAsked(segment) : undefined}
          onLeave={mayWrite && segment.kind === 'list' ? () => leave(segment) : undefined}
        />
      ))}
      {asked ? (
        <WhyDialog segment={asked} contact={contactId} onClose={() => setAsked(undefined)} />
      ) : null}
    </Panel>
  );
}

interface RowProps {
  segment: ContactSegment;
  onWhy: (() => void) | undefined;
  onLeave: (() => void) | undefined;
}

function Row({ segment, onWhy, onLeave }: RowProps) {
  const t = useText();
  const to = useTo();
  return (
    <div className={classes.list}>
      <Anchor component={Link} to={to(`segments/${segment.id}`)} inherit dir="auto">
        {segment.name}
      </Anchor>
      <span className={classes.since}>
        <Rich id="segments.card.since" values={{ at: <Time key="at" at={segment.entered_at} /> }} />
        {segment.next_change_at ? (
          <>
            {', '}
            <Rich
              id="segments.card.until"
              values={{ at: <Time key="at" at={segment.next_change_at} /> }}
            />
          </>
        ) : null}
      </span>
      {onWhy ? (
        <Tooltip label={t('segments.card.why', { name: segment.name })}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('segments.card.why', { name: segment.name })}
            onClick={onWhy}
          >
            <IconHelpCircle size={14} />
          </ActionIcon>
        </Tooltip>
      ) : null}
      {onLeave ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('segments.card.remove', { name: segment.name })}
          onClick={onLeave}
        >
          <IconX size={14} />
        </ActionIcon>
      ) : null}
    </div>
  );
}

type Named = Pick<Segment, 'id' | 'name'>;

function useMembership(contactId: string) {
  const t = useText();
  const showProblem = useShowProblem();
  const showUndo = useShowUndo();
  const change = useChange(
    (api, { list, to }: { list: Named; to: 'add' | 'remove' }) =>
      api.post(`/segments/${list.id}/members`, { [to]: [contactId] }),
    ['/segments', `/contacts/${contactId}`],
  );
  const turn = (list: Named, to: 'add' | 'remove', onSuccess?: () => void) =>
    change.mutate({ list, to }, { onError: showProblem, ...(onSuccess && { onSuccess }) });
  return {
    enter: (list: Named) =>
      turn(list, 'add', () =>
        showUndo(t('segments.card.added', { name: list.name }), () => turn(list, 'remove')),
      ),
    leave: (list: Named) =>
      turn(list, 'remove', () =>
        showUndo(t('segments.card.removed', { name: list.name }), () => turn(list, 'add')),
      ),
  };
}

/** Offers the lists that the contact is not in. */
function AddToList({
  held,
  onChoose,
}: {
  held: readonly ContactSegment[];
  onChoose: (list: Named) => void;
}) {
  const t = useText();
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState('');
  const lists = useList<Segment>('/segments', {
    query: { kind: 'list', search: typed.trim(), limit: 50 },
    enabled: opened,
  });
  const offered = lists.items.filter(({ id }) => !held.some((segment) => segment.id === id));
  return (
    <Menu opened={opened} onChange={setOpened} width={260} position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('segments.card.add')}>
          <IconPlus size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <TextInput
          size="xs"
          m={4}
          aria-label={t('segments.search')}
          placeholder={t('segments.card.add')}
          value={typed}
          dir="auto"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <ScrollArea.Autosize mah={260}>
          {offered.map((list) => (
            <Menu.Item key={list.id} dir="auto" onClick={() => onChoose(list)}>
              {list.name}
            </Menu.Item>
          ))}
          {lists.first && offered.length === 0 ? (
            <Menu.Label>{t('segments.noMatch.title')}</Menu.Label>
          ) : null}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}
