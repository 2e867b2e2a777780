import { Alert, Anchor, NumberInput, Select, TextInput } from '@mantine/core';
import { campaignScheduleSchema, type Campaign, type Message } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useList, useRead } from '../../app/data.ts';
import { errorAt } from '../../app/form-problem.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { TestSend } from '../messages/TestSend.tsx';
import { TermsFields } from '../sending/TermsFields.tsx';
import { TagsField } from '../segments/TagsField.tsx';
import { PaceFields } from './PaceFields.tsx';
import { ScheduleFields } from './ScheduleFields.tsx';
import { SplitFields } from './SplitFields.tsx';
import { SegmentsSelect } from './SegmentsSelect.tsx';
import { useDraft, type Draft } from './use-draft.ts';
import classes from './Campaigns.module.css';

/** What, to whom, when: saved as it is chosen. */
export function DraftForm({ campaign }: { campaign: Campaign }) {
  const t = useText();
  const draft = useDraft(campaign);
  const mayWrite = useRight('messages.write') && campaign.state === 'draft';
  const { value, change, problem, saving } = draft;
  return (
    <div className={classes.column}>
      {campaign.state === 'scheduled' ? (
        <Alert variant="light" color="gray" p="sm" icon={<IconLock size={16} />}>
          {t('campaigns.locked')}
        </Alert>
      ) : null}
      <Panel title={t('campaigns.content')}>
        <MessageField draft={draft} disabled={!mayWrite} />
      </Panel>
      <Panel title={t('campaigns.split')}>
        <SplitFields draft={draft} disabled={!mayWrite} />
      </Panel>
      <Panel title={t('campaigns.whom')}>
        <WhomFields draft={draft} disabled={!mayWrite} />
      </Panel>
      <Panel title={t('campaigns.when')}>
        <div className={classes.form}>
          <ScheduleFields
            value={campaignScheduleSchema.parse(value.schedule)}
            disabled={!mayWrite}
            onChange={(schedule) => change({ schedule })}
          />
          <PaceFields
            value={value.pace}
            disabled={!mayWrite}
            onChange={(pace) => change({ pace })}
          />
        </div>
      </Panel>
      <Panel title={t('campaigns.terms')}>
        <div className={classes.form}>
          <p className={classes.note}>{t('campaigns.terms.hint')}</p>
          <TermsFields
            channel={campaign.channel ?? undefined}
            value={value.terms}
            readOnly={!mayWrite}
            onChange={(terms) => change({ terms })}
          />
          {/* Where another message was chosen since, so that it can be taken out. */}
          {campaign.channel === 'mobile_push' || value.terms.app !== undefined ? (
            <TextInput
              label={t('campaigns.app')}
              description={t('campaigns.app.hint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={value.terms.app ?? ''}
              readOnly={!mayWrite}
              onChange={({ currentTarget: { value: app } }) =>
                change({ terms: withApp(value.terms, app) })
              }
            />
          ) : null}
        </div>
      </Panel>
      <Panel>
        <TagsField
          label={t('campaigns.tags')}
          value={[...value.tags]}
          disabled={!mayWrite}
          onChange={(tags) => change({ tags })}
        />
      </Panel>
      {mayWrite ? (
        <p className={classes.note} role="status">
          {problem
            ? `${t('campaigns.unsaved')} ${problemWords(problem, t).detail ?? ''}`
            : t(saving ? 'campaigns.saving' : 'campaigns.saved')}
        </p>
      ) : null}
    </div>
  );
}

function withApp(terms: Campaign['terms'], app: string): Campaign['terms'] {
  const { app: _before, ...rest } = terms;
  return app === '' ? rest : { ...rest, app };
}

interface FieldsProps {
  draft: Draft;
  disabled: boolean;
}

function MessageField({ draft: { value, change, problem }, disabled }: FieldsProps) {
  const t = useText();
  const to = useTo();
  const messages = useList<Message>('/messages', { query: { limit: 500 } });
  const maySend = useRight('messages.send');
  const [tests, setTests] = useState(false);
  const chosen = messages.items.find(({ id }) => id === value.message);
  return (
    <div className={classes.form}>
      <Select
        label={t('campaigns.message')}
        description={t('campaigns.message.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={t('campaigns.message.none')}
        data={messages.items.map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        disabled={disabled}
        value={value.message}
        error={errorAt(problem, '/message')}
        onChange={(message) => change({ message })}
      />
      {value.message ? (
        <div className={classes.links}>
          <Anchor component={Link} to={to(`messages/${value.message}`)} size="sm">
            {t('campaigns.message.open')}
          </Anchor>
          {chosen && maySend ? (
            <Anchor component="button" type="button" size="sm" onClick={() => setTests(true)}>
              {t('campaigns.message.test')}
            </Anchor>
          ) : null}
        </div>
      ) : null}
      {tests && chosen ? (
        <TestSend
          message={chosen}
          language={chosen.default_language}
          contact={null}
          unsaved={false}
          onClose={() => setTests(false)}
        />
      ) : null}
    </div>
  );
}

function WhomFields({ draft: { value, change, problem }, disabled }: FieldsProps) {
  const t = useText();
  return (
    <div className={classes.form}>
      {value.follows ? <Follows follows={value.follows} /> : null}
      <SegmentsSelect
        label={t('campaigns.include')}
        description={t('campaigns.include.hint')}
        value={value.include}
        disabled={disabled}
        error={errorAt(problem, '/include')}
        onChange={(include) => change({ include })}
      />
      <SegmentsSelect
        label={t('campaigns.exclude')}
        value={value.exclude}
        disabled={disabled}
        error={errorAt(problem, '/exclude')}
        onChange={(exclude) => change({ exclude })}
      />
      <NumberInput
        label={t('campaigns.holdOut')}
        description={t('campaigns.holdOut.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        min={0}
        max={50}
        allowDecimal={false}
        disabled={disabled}
        value={value.hold_out}
        onChange={(n) => change({ hold_out: Number(n) || 0 })}
      />
    </div>
  );
}

function Follows({ follows }: { follows: NonNullable<Campaign['follows']> }) {
  const t = useText();
  const earlier = useRead<Campaign>(`/campaigns/${follows.campaign}`);
  const name = earlier.data?.name ?? follows.campaign;
  return <p className={classes.note}>{t(`campaigns.follows.${follows.who}`, { name })}</p>;
}
