import { Alert, Button, Group, Popover, Stack } from '@mantine/core';
import type { TestLaunch, TestMove } from '@perennial/contracts';
import { Fact, Facts, Inspector, SkeletonFacts, StatusBadge, Time } from '@perennial/ui';
import {
  IconBolt,
  IconFlask,
  IconInfoCircle,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlayerTrackNext,
} from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiProblem } from '../../../api.ts';
import { useChange } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useRight } from '../../../app/session.ts';
import { Rich, useText } from '../../../app/text.tsx';
import type { Graph } from '../../../editor/graph.ts';
import type { BlockWords } from '../../../editor/use-block-words.ts';
import { ContactLink } from '../../contacts/ContactLink.tsx';
import { notStartedWords } from '../not-started.ts';
import { runTones } from '../workflow-state.ts';
import { JsonField, readObject } from './JsonField.tsx';
import { TestSteps } from './TestSteps.tsx';
import classes from '../Workflows.module.css';
import own from './Test.module.css';

interface TestPanelProps {
  read: UseQueryResult<TestLaunch, ApiProblem>;
  graph: Graph;
  words: BlockWords;
  block: string | null;
  onBlock: (block: string) => void;
  onClose: () => void;
}

/** A test launch as it goes: where it stands, its path, what its blocks would do. */
export function TestPanel({ read, graph, words, block, onBlock, onClose }: TestPanelProps) {
  const t = useText();
  const test = read.data;
  return (
    <Inspector
      leavesFocus
      leading={<IconFlask size={16} color="var(--p-accent)" />}
      title={test ? <ContactLink id={test.contact} /> : t('workflows.test.title')}
      detail={test ? <State test={test} /> : null}
      onClose={onClose}
    >
      {read.error && !test ? (
        <Problem error={read.error} onRetry={() => void read.refetch()} />
      ) : null}
      {read.isPending ? <SkeletonFacts rows={6} /> : null}
      {test ? (
        <>
          {test.refused ? (
            <Alert
              variant="light"
              color="yellow"
              icon={<IconInfoCircle size={16} />}
              mb="md"
              p="sm"
            >
              {t('workflows.test.refused', { reason: notStartedWords(test.refused.reason, t) })}
            </Alert>
          ) : null}
          <Moves test={test} graph={graph} onClose={onClose} />
          <Where test={test} />
          <h3 className={classes.section}>{t('workflows.test.path')}</h3>
          <TestSteps test={test} graph={graph} words={words} block={block} onBlock={onBlock} />
        </>
      ) : null}
    </Inspector>
  );
}

function State({ test }: { test: TestLaunch }) {
  const t = useText();
  return (
    <span className={own.state}>
      <strong className={own.mark}>{t('workflows.test.mark')}</strong>
      <StatusBadge tone={runTones[test.state]}>
        {t(`workflows.test.state.${test.state}`)}
      </StatusBadge>
      <span>
        {test.version === null
          ? t('workflows.test.draft')
          : t('workflows.test.version', { version: test.version })}
      </span>
    </span>
  );
}

function Where({ test }: { test: TestLaunch }) {
  const t = useText();
  const ended = test.ended_at !== null;
  const last = test.steps.at(-1);
  const isAhead = last !== undefined && Date.parse(last.clock) - Date.parse(last.at) > 60_000;
  if (!test.reason && !test.wake_at && !isAhead) return null;
  return (
    <Facts>
      {test.reason ? <Fact label={t('workflows.run.reason')}>{test.reason}</Fact> : null}
      {!ended && test.wake_at ? (
        <Fact label={t('workflows.test.waits')}>
          <Time at={test.wake_at} style="exact" />
        </Fact>
      ) : null}
      {isAhead ? (
        <Fact label={t('workflows.test.clock')}>
          <Rich
            id="workflows.test.ahead"
            values={{
              time: <Time key="clock" at={ended ? last.clock : test.clock} style="exact" />,
            }}
          />
        </Fact>
      ) : null}
    </Facts>
  );
}

interface MovesProps {
  test: TestLaunch;
  graph: Graph;
  onClose: () => void;
}

/** What can be done with it now. */
function Moves({ test, graph, onClose }: MovesProps) {
  const t = useText();
  const mayTest = useRight('workflows.write');
  const renews = ['/workflows'];
  const path = `/workflows/tests/${test.id}`;
  const move = useChange((api, to: TestMove) => api.post(`${path}/next`, to), renews);
  const stop = useChange((api) => api.post(`${path}/stop`), renews);
  const waits = test.state === 'waiting';
  const type = graph.blocks.find(({ id }) => id === test.block)?.type;
  const problem = move.error ?? stop.error;
  if (test.ended_at !== null || !mayTest) {
    return (
      <Button variant="default" leftSection={<IconFlask size={16} />} mb="md" onClick={onClose}>
        {t('workflows.test.again')}
      </Button>
    );
  }
  return (
    <Stack gap="xs" mb="md">
      <Group gap="xs">
        <Button
          leftSection={<IconPlayerTrackNext size={16} />}
          loading={move.isPending}
          onClick={() => move.mutate({ pace: 'step' })}
        >
          {t(waits ? 'workflows.test.pass' : 'workflows.test.next')}
        </Button>
        {waits && type === 'wait_for' ? (
          <Happens onHappen={(params) => move.mutate({ pace: test.pace, happened: { params } })} />
        ) : null}
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} />}
          disabled={move.isPending}
          onClick={() => move.mutate({ pace: 'end' })}
        >
          {t('workflows.test.toEnd')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconPlayerStop size={16} />}
          loading={stop.isPending}
          onClick={() => stop.mutate()}
        >
          {t('workflows.test.stop')}
        </Button>
      </Group>
      {problem ? <Problem error={problem} /> : null}
    </Stack>
  );
}

type Params = NonNullable<NonNullable<TestMove['happened']>['params']>;

/** What it waits for happens, with parameters that later blocks may read. */
function Happens({ onHappen }: { onHappen: (params: Params) => void }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('{}');
  const params = readObject(text);
  return (
    <Popover opened={open} onChange={setOpen} width={320} trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconBolt size={16} />}
          onClick={() => setOpen(!open)}
        >
          {t('workflows.test.happens')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="md">
        <JsonField label={t('workflows.test.happens.params')} value={text} onChange={setText} />
        <Group justify="flex-end" mt="sm">
          <Button
            disabled={params === undefined}
            onClick={() => {
              setOpen(false);
              onHappen(params as Params);
            }}
          >
            {t('workflows.test.happens')}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
