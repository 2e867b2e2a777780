import {
  Alert,
  Button,
  Group,
  InputWrapper,
  SegmentedControl,
  Select,
  Stack,
  TextInput,
} from '@mantine/core';
import type { NewTestLaunch, TestLaunch, TestPace, Workflow } from '@perennial/contracts';
import { EmptyState, Inspector } from '@perennial/ui';
import {
  IconAlertTriangle,
  IconFlask,
  IconLock,
  IconPlayerTrackNext,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import type { Graph } from '../../../editor/graph.ts';
import { ContactSelect } from '../../contacts/ContactSelect.tsx';
import { EarlierTests } from './EarlierTests.tsx';
import { EventChoice } from './EventChoice.tsx';
import { JsonField, readObject } from './JsonField.tsx';
import classes from '../Workflows.module.css';

interface TestSetupProps {
  workflow: Workflow;
  /** Null: the draft. */
  version: number | null;
  onVersion: (version: number | null) => void;
  graph: Graph;
  onBegun: (launch: string) => void;
}

/** For whom, by what and how a workflow is tried. */
export function TestSetup(props: TestSetupProps) {
  const t = useText();
  const mayTest = useRight('workflows.write');
  const maySee = useRight('contacts.read');
  const archived = props.workflow.state === 'archived';
  return (
    <Inspector
      leavesFocus
      leading={<IconFlask size={16} color="var(--p-accent)" />}
      title={t('workflows.test.title')}
    >
      {mayTest && maySee && !archived ? (
        <Form {...props} />
      ) : (
        <EmptyState
          icon={IconLock}
          title={t(archived ? 'workflows.test.archived' : 'workflows.test.noRights')}
        />
      )}
      {maySee ? <EarlierTests workflow={props.workflow.id} onOpen={props.onBegun} /> : null}
    </Inspector>
  );
}

const DRAFT = 'draft';

function Form({ workflow, version, onVersion, graph, onBegun }: TestSetupProps) {
  const t = useText();
  const maySend = useRight('messages.send');
  const mayCall = useRight('contacts.read_personal');
  const hasWebhooks = graph.blocks.some(({ type }) => type === 'webhook');
  const [contact, setContact] = useState<string | null>(null);
  const [by, setBy] = useState<'typed' | 'event'>('typed');
  const [event, setEvent] = useState<string | null>(null);
  const [text, setText] = useState('{}');
  const [timers, setTimers] = useState<'skip' | 'real'>('skip');
  const [deliver, setDeliver] = useState<'sandbox' | 'address'>('sandbox');
  const [webhooks, setWebhooks] = useState<'show' | 'call'>('show');
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const begin = useChange(
    (api, asked: NewTestLaunch) => api.post<TestLaunch>(`/workflows/${workflow.id}/tests`, asked),
    [`/workflows/${workflow.id}`],
  );
  const startEvent = typeof graph.start.event === 'string' ? graph.start.event : null;
  const fromHistory = by === 'event' && startEvent !== null;
  const params = readObject(text);
  const addresses = {
    ...(email.trim() && { email: email.trim() }),
    ...(phone.trim() && { phone: phone.trim() }),
  };
  const ready =
    contact !== null &&
    (fromHistory ? event !== null : params !== undefined) &&
    (deliver === 'sandbox' || Object.keys(addresses).length > 0);

  const go = (pace: TestPace) => {
    if (contact === null) return;
    begin.mutate(
      {
        contact,
        pace,
        timers,
        webhooks: hasWebhooks ? webhooks : 'show',
        deliver: deliver === 'sandbox' ? deliver : addresses,
        ...(version !== null && { version }),
        ...(fromHistory ? { event: event! } : { params: (params ?? {}) as never }),
      },
      { onSuccess: ({ id }) => onBegun(id) },
    );
  };

  return (
    <Stack gap="md">
      <p className={classes.note} style={{ margin: 0 }}>
        {t('workflows.test.detail')}
      </p>
      {workflow.published ? (
        <Select
          label={t('workflows.test.what')}
          allowDeselect={false}
          value={version === null ? DRAFT : String(version)}
          onChange={(value) => onVersion(value === DRAFT ? null : Number(value))}
          data={[
            { value: DRAFT, label: t('workflows.test.draft') },
            {
              value: String(workflow.published.version),
              label: t('workflows.test.version', { version: workflow.published.version }),
            },
          ]}
        />
      ) : null}
      <InputWrapper label={t('workflows.test.contact')}>
        <ContactSelect
          size="sm"
          fullWidth
          label={t('workflows.test.contact')}
          placeholder={t('workflows.test.contact.find')}
          value={contact}
          onChange={(id) => {
            setContact(id);
            setEvent(null);
          }}
        />
      </InputWrapper>
      {startEvent !== null ? (
        <Choice
          label={t('workflows.test.by')}
          value={by}
          onChange={setBy}
          names={{
            typed: t('workflows.test.by.typed'),
            event: t('workflows.test.by.event'),
          }}
        />
      ) : null}
      {fromHistory ? (
        <EventChoice contact={contact} event={startEvent} value={event} onChange={setEvent} />
      ) : (
        <JsonField label={t('workflows.test.params')} value={text} onChange={setText} />
      )}
      <Choice
        label={t('workflows.test.timers')}
        value={timers}
        onChange={setTimers}
        names={{
          skip: t('workflows.test.timers.skip'),
          real: t('workflows.test.timers.real'),
        }}
      />
      {maySend ? (
        <Choice
          label={t('workflows.test.deliver')}
          value={deliver}
          onChange={setDeliver}
          names={{
            sandbox: t('workflows.test.deliver.sandbox'),
            address: t('workflows.test.deliver.address'),
          }}
        />
      ) : null}
      {deliver === 'address' ? (
        <>
          <TextInput
            type="email"
            label={t('workflows.test.email')}
            value={email}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          />
          <TextInput
            type="tel"
            label={t('workflows.test.phone')}
            description={t('workflows.test.deliver.hint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={phone}
            onChange={({ currentTarget }) => setPhone(currentTarget.value)}
          />
        </>
      ) : null}
      {hasWebhooks && mayCall ? (
        <>
          <Choice
            label={t('workflows.test.webhooks')}
            value={webhooks}
            onChange={setWebhooks}
            names={{
              show: t('workflows.test.webhooks.show'),
              call: t('workflows.test.webhooks.call'),
            }}
          />
          {webhooks === 'call' ? (
            <Alert color="yellow" icon={<IconAlertTriangle size={16} />}>
              {t('workflows.test.webhooks.warning')}
            </Alert>
          ) : null}
        </>
      ) : null}
      {begin.error ? <Problem error={begin.error} /> : null}
      <Group gap="xs">
        <Button
          leftSection={<IconPlayerPlay size={16} />}
          disabled={!ready}
          loading={begin.isPending}
          onClick={() => go('end')}
        >
          {t('workflows.test.run')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlayerTrackNext size={16} />}
          disabled={!ready || begin.isPending}
          onClick={() => go('step')}
        >
          {t('workflows.test.steps')}
        </Button>
      </Group>
    </Stack>
  );
}

interface ChoiceProps<Name extends string> {
  label: string;
  value: Name;
  onChange: (value: Name) => void;
  names: Record<Name, string>;
}

/** One of two, both in sight. */
function Choice<Name extends string>({ label, value, onChange, names }: ChoiceProps<Name>) {
  const data = (Object.keys(names) as Name[]).map((each) => ({ value: each, label: names[each] }));
  return (
    <InputWrapper label={label} labelElement="div">
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label={label}
        data={data}
        value={value}
        onChange={onChange}
      />
    </InputWrapper>
  );
}
