import { Button, TextInput } from '@mantine/core';
import type { Campaign, CampaignListItem, NewCampaign } from '@perennial/contracts';
import {
  Copyable,
  EmptyState,
  FilterChip,
  FilterRow,
  Page,
  PageHeader,
  SearchField,
  StatusBadge,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconPlus, IconSearchOff, IconSpeakerphone } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { FormattedNumber } from 'react-intl';
import { useChange, useList } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { hasWords } from '../../app/has-words.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { splitChoices, useUrlState } from '../../app/use-url-state.ts';
import { hasTag } from '../tags/has-tag.ts';
import { TagFilter } from '../tags/TagFilter.tsx';
import { TagsCell } from '../tags/TagsCell.tsx';
import { campaignStates, campaignTones } from './campaign-state.ts';
import classes from './Campaigns.module.css';

export function CampaignsPage() {
  const t = useText();
  const go = useGo();
  const mayWrite = useRight('messages.write');
  const [{ search, state, tag }, setState] = useUrlState({ search: '', state: '', tag: '' });
  const columns = useMemo(() => campaignColumns(t, mayWrite), [t, mayWrite]);
  const view = useTableView('campaigns', columns);
  const campaigns = useList<CampaignListItem>('/campaigns', {
    query: { limit: 500 },
    every: 5_000,
  });
  const chosen = splitChoices(state);
  const shown = campaigns.items.filter(
    (campaign) =>
      hasWords([campaign.name, campaign.key, ...campaign.tags], search) &&
      hasTag(campaign, tag) &&
      (chosen.length === 0 || chosen.includes(campaign.state)),
  );
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.messages.campaigns')}
          count={campaigns.first ? shown.length : null}
          actions={<NewCampaignButton />}
        />
      }
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <SearchField
          label={t('campaigns.search')}
          value={search}
          onChange={(value) => setState({ search: value })}
        />
        <FilterChip
          label={t('campaigns.filter.state')}
          value={chosen}
          onChange={(value) => setState({ state: value.join(',') })}
          options={campaignStates.map((each) => ({
            value: each,
            label: t(`campaigns.state.${each}`),
            count: campaigns.items.filter((campaign) => campaign.state === each).length,
          }))}
        />
        <TagFilter kind="campaign" value={tag} onChange={(next) => setState({ tag: next })} />
      </FilterRow>
      <ListTable
        label={t('app.messages.campaigns')}
        view={view}
        list={campaigns}
        rows={shown}
        rowKey={(campaign) => campaign.id}
        onOpen={(campaign) => go(`campaigns/${campaign.id}`)}
        empty={
          campaigns.items.length > 0 ? (
            <EmptyState icon={IconSearchOff} title={t('campaigns.noMatch')} />
          ) : (
            <EmptyState
              icon={IconSpeakerphone}
              title={t('campaigns.empty.title')}
              actions={<NewCampaignButton />}
            >
              {t('campaigns.empty.detail')}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

/** Names it; the rest is chosen on its page. */
function NewCampaignButton() {
  const t = useText();
  const go = useGo();
  const [name, setName] = useState<string | null>(null);
  const create = useChange<NewCampaign, Campaign>(
    (api, campaign) => api.post('/campaigns', campaign),
    ['/campaigns'],
  );
  if (!useRight('messages.write')) return null;
  return (
    <>
      <Button leftSection={<IconPlus size={16} />} onClick={() => setName('')}>
        {t('campaigns.new')}
      </Button>
      {name === null ? null : (
        <FormDialog
          title={t('campaigns.new')}
          action={t('app.create')}
          ready={name.trim() !== ''}
          pending={create.isPending}
          problem={create.error ? problemWords(create.error, t).detail : null}
          onClose={() => setName(null)}
          onSubmit={() =>
            create.mutate(
              { name: name.trim() },
              { onSuccess: (campaign) => go(`campaigns/${campaign.id}`) },
            )
          }
        >
          <TextInput
            data-autofocus
            label={t('campaigns.new.name')}
            description={t('campaigns.new.nameHint')}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </FormDialog>
      )}
    </>
  );
}

function campaignColumns(t: Say, mayWrite: boolean): Column<CampaignListItem>[] {
  return [
    {
      id: 'name',
      header: t('campaigns.column.name'),
      width: 240,
      grow: 3,
      fixed: true,
      phone: 'title',
      cell: ({ name }) => (
        <span dir="auto" className={classes.name}>
          {name}
        </span>
      ),
    },
    {
      id: 'state',
      header: t('campaigns.column.state'),
      width: 120,
      phone: 'end',
      cell: ({ state }) => (
        <StatusBadge tone={campaignTones[state]} live={state === 'running'}>
          {t(`campaigns.state.${state}`)}
        </StatusBadge>
      ),
    },
    {
      id: 'message',
      header: t('campaigns.column.message'),
      width: 180,
      grow: 2,
      phone: 'meta',
      cell: ({ message_name: name }) => <span dir="auto">{name ?? '–'}</span>,
    },
    {
      id: 'audience',
      header: t('campaigns.column.audience'),
      width: 100,
      align: 'end',
      cell: ({ started_at: started, audience }) =>
        started ? <FormattedNumber value={audience} /> : '–',
    },
    {
      id: 'when',
      header: t('campaigns.column.when'),
      width: 130,
      align: 'end',
      cell: ({ starts_at: next, started_at: started }) => <Time at={next ?? started} />,
    },
    {
      id: 'tags',
      header: t('campaigns.column.tags'),
      width: 150,
      grow: 1,
      yields: 1,
      cell: ({ id, name, tags }) => (
        <TagsCell path={`/campaigns/${id}`} name={name} tags={tags} readOnly={!mayWrite} />
      ),
    },
    {
      id: 'key',
      header: t('campaigns.column.key'),
      width: 150,
      optional: true,
      cell: ({ key }) => <Copyable value={key} mono />,
    },
    {
      id: 'created',
      header: t('campaigns.column.created'),
      width: 110,
      align: 'end',
      optional: true,
      cell: (campaign) => <Time at={campaign.created_at} />,
    },
  ];
}
