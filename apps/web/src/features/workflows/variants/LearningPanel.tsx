import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { BlockVariants } from '@perennial/contracts';
import { Fact, Facts, Panel, Time } from '@perennial/ui';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { useChange } from '../../../app/data.ts';
import { useRight } from '../../../app/session.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { Rich, useText } from '../../../app/text.tsx';
import { useWindowWords } from './use-window-words.ts';
import classes from './Variants.module.css';

interface LearningPanelProps {
  path: string;
  block: BlockVariants;
}

/** Whether choosing by what was learnt pays, how sure that is, and how to begin anew. */
export function LearningPanel({ path, block }: LearningPanelProps) {
  const t = useText();
  const maySteer = useRight('workflows.launch');
  return (
    <Panel title={t('variants.learning')}>
      <Lift block={block} />
      <BlockFacts block={block} />
      {maySteer ? <Steer path={path} block={block} /> : null}
    </Panel>
  );
}

function Lift({ block: { lift, mode, goal } }: { block: BlockVariants }) {
  const t = useText();
  const intl = useIntl();
  if (mode === 'equal') return <p className={classes.note}>{t('variants.lift.equal')}</p>;
  if (!lift) {
    return (
      <div className={classes.lift}>
        <p className={classes.note}>{t('variants.lift.none')}</p>
      </div>
    );
  }
  const percent = (value: number) =>
    intl.formatNumber(value, {
      style: 'percent',
      maximumFractionDigits: 1,
      signDisplay: 'exceptZero',
    });
  const hundred = (value: number) =>
    intl.formatNumber(value * 100, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const goalWords =
    goal.type === 'event'
      ? t('variants.goal.event', { event: goal.event ?? '' })
      : t(`variants.goal.${goal.type}`);
  return (
    <div className={classes.lift}>
      <span className={classes.label}>{t('variants.lift.label')}</span>
      <span className={classes.figure}>
        {lift.relative === null ? '–' : percent(lift.relative)}
      </span>
      <strong>
        {lift.sure >= 0.5
          ? t('variants.lift.sure', {
              // Never all of it: what was counted is a sample.
              sure: intl.formatNumber(Math.min(lift.sure, 0.999), {
                style: 'percent',
                maximumFractionDigits: 1,
              }),
            })
          : t('variants.lift.notSure')}
      </strong>
      <p className={classes.note}>
        {t('variants.lift.between', {
          low: hundred(lift.low),
          high: hundred(lift.high),
          goal: goalWords,
        })}{' '}
        {t('variants.lift.settled', { n: lift.settled })}. {t('variants.lift.note')}
      </p>
    </div>
  );
}

function BlockFacts({ block }: { block: BlockVariants }) {
  const t = useText();
  const intl = useIntl();
  const windowWords = useWindowWords();
  const { goal, mode, memory_days: memory, include, exclude, reset } = block;
  const tags = (some: BlockVariants['include']) =>
    intl.formatList(
      some.map(({ name, id }) => name || id),
      { type: 'disjunction' },
    );
  const goalWords = goal.type === 'event' ? (goal.event ?? '') : t(`variants.goal.${goal.type}`);
  return (
    <Facts>
      <Fact label={t('variants.modeFact')}>{t(`variants.mode.${mode}`)}</Fact>
      <Fact label={t('variants.goalFact')}>
        {t('variants.goalFact.value', { goal: goalWords, window: windowWords(goal.within_ms) })}
      </Fact>
      <Fact label={t('variants.memoryFact')}>{windowWords(memory * 86_400_000)}</Fact>
      <Fact label={t('variants.tagsFact')}>
        <span dir="auto">
          {tags(include)}
          {exclude.length > 0 ? `, ${t('variants.without', { tags: tags(exclude) })}` : ''}
        </span>
      </Fact>
      {reset ? (
        <Fact label={t('variants.since')}>
          <Rich
            id="variants.sinceReset"
            values={{ at: <Time key="at" at={reset.at} style="exact" />, by: reset.by }}
          />
        </Fact>
      ) : null}
    </Facts>
  );
}

function Steer({ path, block: { reset } }: LearningPanelProps) {
  const t = useText();
  const showProblem = useShowProblem();
  const [asking, setAsking] = useState(false);
  const begin = useChange((api) => api.post(`${path}/reset`), ['/workflows']);
  const undo = useChange((api) => api.post(`${path}/undo_reset`), ['/workflows']);
  return (
    <div className={classes.actions}>
      {reset?.undoable ? (
        <Button
          variant="default"
          size="xs"
          loading={undo.isPending}
          onClick={() =>
            undo.mutate(undefined, {
              onSuccess: () => notifications.show({ message: t('variants.wasUndone') }),
              onError: showProblem,
            })
          }
        >
          {t('variants.undo')}
        </Button>
      ) : null}
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        {t('variants.reset')}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('variants.reset.title')}>
        <p className={classes.note}>{t('variants.reset.body')}</p>
        <div className={classes.actions}>
          <Button
            data-autofocus
            loading={begin.isPending}
            onClick={() =>
              begin.mutate(undefined, {
                onSuccess: () => {
                  setAsking(false);
                  notifications.show({ message: t('variants.wasReset') });
                },
                onError: showProblem,
              })
            }
          >
            {t('variants.reset')}
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('app.cancel')}
          </Button>
        </div>
      </Modal>
    </div>
  );
}
