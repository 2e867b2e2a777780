import { Anchor } from '@mantine/core';
import type { BlockStats } from '@perennial/contracts';
import { findBlock } from '@perennial/blocks';
import { Copyable, Fact, Facts, Inspector } from '@perennial/ui';
import type { ReactNode } from 'react';
import { FormattedNumber } from 'react-intl';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { blockLook } from '../../editor/block-icons.ts';
import { exitName } from '../../editor/exit-name.ts';
import type { GraphBlock } from '../../editor/graph.ts';
import type { BlockWords } from '../../editor/use-block-words.ts';
import { WebhookCalls } from './blocks-forms/WebhookCalls.tsx';
import { Balance } from '../sending/Balance.tsx';
import classes from './Workflows.module.css';

interface BlockInspectorProps {
  workflow: string;
  block: GraphBlock;
  words: BlockWords;
  stats: BlockStats | undefined;
  /** Its settings. */
  form: ReactNode;
  onClose: () => void;
}

/** One block: what it does, its settings, how many came and left by which exit. */
export function BlockInspector(props: BlockInspectorProps) {
  const { workflow, block, words, stats, form, onClose } = props;
  const t = useText();
  const to = useTo();
  const { icon: Glyph, colour } = blockLook(block.type, findBlock(block.type)?.icon);
  return (
    <Inspector
      leavesFocus
      leading={<Glyph size={16} color={colour} />}
      title={words.labelOf(block.type)}
      onClose={onClose}
    >
      <p className={classes.sentence} dir="auto">
        {words.sentenceOf(block)}
      </p>
      {form}
      <h3 className={classes.section}>{t('workflows.inspect.counts')}</h3>
      <Facts>
        {block.type === 'one_from_many' ? (
          <Fact label={t('variants.title')}>
            <Anchor
              component={Link}
              to={to(`workflows/${workflow}/variants?block=${block.id}`)}
              inherit
            >
              {t('variants.open')}
            </Anchor>
          </Fact>
        ) : null}
        <Fact label={t('workflows.inspect.entered')}>
          <FormattedNumber value={stats?.entered ?? 0} />
        </Fact>
        <Fact label={t('workflows.inspect.waiting')}>
          <FormattedNumber value={stats?.waiting ?? 0} />
        </Fact>
        {Object.entries(stats?.exits ?? {}).map(([exit, count]) => (
          <Fact
            key={exit}
            label={`${t('workflows.inspect.exits')} ${exitName(exit, t).toLocaleLowerCase()}`}
          >
            <FormattedNumber value={count} />
          </Fact>
        ))}
        <Fact label={t('workflows.inspect.id')}>
          <Copyable value={block.id} mono />
        </Fact>
      </Facts>
      {findBlock(block.type)?.group === 'message' ? (
        <Balance workflow={workflow} block={block.id} className={classes.section} />
      ) : null}
      {block.type === 'webhook' ? (
        <WebhookCalls workflow={workflow} block={block.id} heading={classes.section ?? ''} />
      ) : null}
    </Inspector>
  );
}
