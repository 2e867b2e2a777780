import { Anchor } from '@mantine/core';
import { findBlock } from '@perennial/blocks';
import type { RunDetail, Step } from '@perennial/contracts';
import { JsonView, Time } from '@perennial/ui';
import { useState } from 'react';
import { Link } from 'react-router';
import { Rich, useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { blockLook } from '../../editor/block-icons.ts';
import { exitName } from '../../editor/exit-name.ts';
import type { Graph } from '../../editor/graph.ts';
import type { BlockWords } from '../../editor/use-block-words.ts';
import { WhyThisMessage } from './variants/WhyThisMessage.tsx';
import classes from './Workflows.module.css';

interface RunStepsProps {
  run: RunDetail;
  graph: Graph;
  words: BlockWords;
  /** Picked on the graph: its steps are open. */
  block: string | null;
  onBlock: (block: string) => void;
}

/** Every block the run has left, in order; one opens to what decided it. */
export function RunSteps({ run, graph, words, block, onBlock }: RunStepsProps) {
  const t = useText();
  const [open, setOpen] = useState<number | null>(null);
  const pick = (index: number, block: string) => {
    setOpen(open === index ? null : index);
    onBlock(block);
  };
  const active = run.state === 'waiting' || run.state === 'running';
  if (run.steps.length === 0 && !run.block) {
    return <p className={classes.note}>{t('workflows.run.noSteps')}</p>;
  }
  return (
    <>
      {run.truncated ? <p className={classes.note}>{t('workflows.run.truncated')}</p> : null}
      <ol className={classes.steps}>
        {run.steps.map((step, index) => (
          <StepLine
            key={index}
            step={step}
            title={titleOf(step.block, step.type)}
            open={open === index || block === step.block}
            onClick={() => pick(index, step.block)}
          />
        ))}
        {active && run.block ? (
          <HereLine
            type={typeOf(run.block)}
            title={titleOf(run.block, typeOf(run.block))}
            waitsUntil={run.state === 'waiting' ? run.wake_at : null}
            onClick={() => run.block && onBlock(run.block)}
          />
        ) : null}
      </ol>
    </>
  );

  function typeOf(id: string): string {
    return graph.blocks.find((block) => block.id === id)?.type ?? '';
  }

  function titleOf(id: string, type: string): string {
    const block = graph.blocks.find((each) => each.id === id && each.type === type);
    return block ? words.sentenceOf(block) : words.labelOf(type);
  }
}

interface StepLineProps {
  step: Step;
  title: string;
  open: boolean;
  onClick: () => void;
}

function StepLine({ step, title, open, onClick }: StepLineProps) {
  const t = useText();
  const left = step.exit
    ? t('workflows.run.exit', { exit: exitName(step.exit, t) })
    : t('workflows.run.endsHere');
  return (
    <li className={classes.step}>
      <button type="button" className={classes.stepButton} aria-expanded={open} onClick={onClick}>
        <StepIcon type={step.type} />
        <span className={classes.stepText}>
          <span className={classes.stepTitle} dir="auto">
            {title}
          </span>
          <span className={classes.stepExit}>{left}</span>
        </span>
        <span className={classes.stepTime}>
          <Time at={step.at} />
        </span>
      </button>
      {open && step.decided_by !== null ? (
        <div className={classes.stepMore}>
          <LaunchedCampaign decidedBy={step.decided_by} />
          <WhyThisMessage details={choiceOf(step.decided_by)} />
          <JsonView value={step.decided_by} open={4} />
        </div>
      ) : null}
    </li>
  );
}

/** Of a block that sent to a segment: where its balance stands. */
function LaunchedCampaign({ decidedBy }: { decidedBy: unknown }) {
  const t = useText();
  const to = useTo();
  const { campaign } = decidedBy as { campaign?: unknown };
  if (typeof campaign !== 'string') return null;
  return (
    <Anchor component={Link} to={to(`campaigns/${campaign}`)} size="sm">
      {t('workflows.run.campaign')}
    </Anchor>
  );
}

/** Of a block that chose among messages. */
function choiceOf(decidedBy: unknown): unknown {
  return (decidedBy as { choice?: unknown }).choice;
}

interface HereLineProps {
  type: string;
  title: string;
  waitsUntil: string | null;
  onClick: () => void;
}

function HereLine({ type, title, waitsUntil, onClick }: HereLineProps) {
  const t = useText();
  return (
    <li className={classes.step}>
      <button type="button" className={classes.stepButton} onClick={onClick}>
        <StepIcon type={type} />
        <span className={classes.stepText}>
          <span className={classes.stepTitle} dir="auto">
            {title}
          </span>
          <span className={classes.stepExit}>
            {waitsUntil === null ? (
              t('workflows.run.here')
            ) : (
              <Rich
                id="workflows.run.waitsUntil"
                values={{
                  at: <Time key="at" at={waitsUntil} style="exact" />,
                  in: <Time key="in" at={waitsUntil} />,
                }}
              />
            )}
          </span>
        </span>
      </button>
    </li>
  );
}

function StepIcon({ type }: { type: string }) {
  const { icon: Glyph, colour } = blockLook(type, findBlock(type)?.icon);
  return (
    <span className={classes.stepIcon}>
      <Glyph size={14} color={colour} />
    </span>
  );
}
