import { Anchor, Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Panel } from '@perennial/ui';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { TextId } from '../../app/catalogue.ts';
import { useWorkspace } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { EventSnippet } from './EventSnippet.tsx';
import { useFirstSteps, type FirstStep } from './use-first-steps.ts';
import classes from './Home.module.css';

const words: Record<FirstStep, { title: TextId; detail: TextId; go: TextId | null; to: string }> = {
  event: {
    title: 'home.step.event',
    detail: 'home.step.event.detail',
    go: null,
    to: 'events',
  },
  contact: {
    title: 'home.step.contact',
    detail: 'home.step.contact.detail',
    go: 'home.step.contact.go',
    to: 'contacts',
  },
  message: {
    title: 'home.step.message',
    detail: 'home.step.message.detail',
    go: 'home.step.message.go',
    to: 'messages',
  },
  workflow: {
    title: 'home.step.workflow',
    detail: 'home.step.workflow.detail',
    go: 'home.step.workflow.go',
    to: 'workflows',
  },
  outbox: {
    title: 'home.step.outbox',
    detail: 'home.step.outbox.detail',
    go: 'home.step.outbox.go',
    to: 'outbox',
  },
};

/** The way from nothing to a message in the outbox; each step ticks itself off. */
export function GettingStarted() {
  const t = useText();
  const { id } = useWorkspace();
  const [hidden, setHidden] = useLocalStorage({
    key: `perennial.first-steps.${id}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const steps = useFirstSteps();
  if (hidden) {
    return (
      <Anchor
        component="button"
        type="button"
        size="sm"
        ta="start"
        onClick={() => setHidden(false)}
      >
        {t('home.start.show')}
      </Anchor>
    );
  }
  const done = steps.filter((step) => step.done).length;
  return (
    <Panel
      title={
        <>
          {t('home.start')}
          <span className={classes.progress}>
            {t('home.start.done', { done, all: steps.length })}
          </span>
        </>
      }
      actions={
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setHidden(true)}>
          {t('home.start.hide')}
        </Button>
      }
    >
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <Step key={step.id} number={index + 1} done={step.done} step={step.id}>
            {step.id === 'event' ? <EventSnippet /> : null}
          </Step>
        ))}
      </ol>
    </Panel>
  );
}

interface StepProps {
  number: number;
  done: boolean;
  step: FirstStep;
  children: ReactNode;
}

function Step({ number, done, step, children }: StepProps) {
  const t = useText();
  const to = useTo();
  const { title, detail, go, to: path } = words[step];
  return (
    <li className={classes.step} data-done={done || undefined}>
      <span className={classes.mark} data-done={done || undefined}>
        {done ? <IconCheck size={14} stroke={3} aria-label={t('ui.yes')} /> : number}
      </span>
      <div className={classes.stepBody}>
        <h3 className={classes.stepTitle}>{t(title)}</h3>
        <p className={classes.stepDetail}>
          {t(detail)}{' '}
          {go ? (
            <Anchor component={Link} to={to(path)} inherit>
              {t(go)}
            </Anchor>
          ) : null}
        </p>
        {children}
      </div>
    </li>
  );
}
