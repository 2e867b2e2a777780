import { Anchor } from '@mantine/core';
import { findBlock } from '@perennial/blocks';
import type { TestLaunch, TestStep, TestWould } from '@perennial/contracts';
import { JsonView, Time } from '@perennial/ui';
import { IconMail, IconMailOff, IconMailPause, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { catalogue, type TextId } from '../../../app/catalogue.ts';
import { useText, type Say } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { blockLook } from '../../../editor/block-icons.ts';
import { exitName } from '../../../editor/exit-name.ts';
import type { Graph } from '../../../editor/graph.ts';
import type { BlockWords } from '../../../editor/use-block-words.ts';
import classes from '../Workflows.module.css';
import own from './Test.module.css';

interface TestStepsProps {
  test: TestLaunch;
  graph: Graph;
  words: BlockWords;
  block: string | null;
  onBlock: (block: string) => void;
}

/** Every block that was left: when by the launch's clock, by which exit, what it would do. */
export function TestSteps({ test, graph, words, block, onBlock }: TestStepsProps) {
  const t = useText();
  const [open, setOpen] = useState<number | null>(null);
  const titleOf = (id: string) => {
    const found = graph.blocks.find((each) => each.id === id);
    return found ? words.sentenceOf(found) : id;
  };
  const here = test.ended_at === null ? test.block : null;
  return (
    <>
      {test.steps.length === 0 ? (
        <p className={classes.note}>{t('workflows.test.path.none')}</p>
      ) : null}
      <ol className={classes.steps}>
        {test.steps.map((step, index) => (
          <StepLine
            key={index}
            step={step}
            title={titleOf(step.block)}
            open={open === index || block === step.block}
            onClick={() => {
              setOpen(open === index ? null : index);
              onBlock(step.block);
            }}
          />
        ))}
        {here === null ? null : (
          <li className={classes.step}>
            <button type="button" className={classes.stepButton} onClick={() => onBlock(here)}>
              <StepIcon type={graph.blocks.find(({ id }) => id === here)?.type ?? ''} />
              <span className={classes.stepText}>
                <span className={classes.stepTitle} dir="auto">
                  {titleOf(here)}
                </span>
                <span className={classes.stepExit}>{t('workflows.run.here')}</span>
              </span>
            </button>
          </li>
        )}
      </ol>
    </>
  );
}

interface StepLineProps {
  step: TestStep;
  title: string;
  open: boolean;
  onClick: () => void;
}

function StepLine({ step, title, open, onClick }: StepLineProps) {
  const t = useText();
  return (
    <li className={classes.step}>
      <button type="button" className={classes.stepButton} aria-expanded={open} onClick={onClick}>
        <StepIcon type={step.type} />
        <span className={classes.stepText}>
          <span className={classes.stepTitle} dir="auto">
            {title}
          </span>
          <span className={classes.stepExit}>
            {step.exit
              ? t('workflows.run.exit', { exit: exitName(step.exit, t) })
              : t('workflows.run.endsHere')}
          </span>
        </span>
        <span className={classes.stepTime}>
          <Time at={step.clock} style="exact" />
        </span>
      </button>
      <div className={own.did}>
        {step.would.map((would, index) => (
          <Would key={index} would={would} />
        ))}
        {step.sends.map((send, index) => (
          <SendLine key={index} send={send} />
        ))}
      </div>
      {open && step.decided_by !== null ? (
        <div className={classes.stepMore}>
          <JsonView value={step.decided_by} open={4} />
        </div>
      ) : null}
    </li>
  );
}

function Would({ would: { act, details } }: { would: TestWould }) {
  const t = useText();
  return (
    <div className={own.would}>
      <IconPencil size={14} aria-hidden />
      <span>
        <span className={own.wouldName}>
          {act === 'called' ? null : `${t('workflows.test.would')}: `}
          {actName(act, t)}
        </span>
        <JsonView value={details} open={3} />
      </span>
    </div>
  );
}

/** An act that this release has no words for keeps its own name. */
function actName(act: string, t: Say): string {
  const id = `workflows.test.act.${act}`;
  return Object.hasOwn(catalogue, id) ? t(id as TextId) : act;
}

const sendIcons = { sent: IconMail, held: IconMailPause, refused: IconMailOff };

function SendLine({ send }: { send: TestStep['sends'][number] }) {
  const t = useText();
  const to = useTo();
  const Glyph = sendIcons[send.decision];
  return (
    <div className={own.would}>
      <Glyph size={14} aria-hidden />
      <span>
        <span className={own.wouldName}>{words()}</span>{' '}
        {send.delivery === null ? null : (
          <Anchor component={Link} to={to(`outbox?open=${send.delivery}`)} size="xs">
            {t('workflows.test.send.open')}
          </Anchor>
        )}
      </span>
    </div>
  );

  function words(): string {
    if (send.decision === 'refused') return t('workflows.test.send.refused');
    if (send.decision === 'held') return t('workflows.test.send.held', { gate: send.channel });
    return send.to === 'sandbox' || send.to === null
      ? t('workflows.test.send.sandbox')
      : t('workflows.test.send.address', { to: send.to });
  }
}

function StepIcon({ type }: { type: string }) {
  const { icon: Glyph, colour } = blockLook(type, findBlock(type)?.icon);
  return (
    <span className={classes.stepIcon}>
      <Glyph size={14} color={colour} />
    </span>
  );
}
