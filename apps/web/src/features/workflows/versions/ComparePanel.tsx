import { Button, Group, Select } from '@mantine/core';
import type { WorkflowVersionListItem } from '@perennial/contracts';
import { Inspector } from '@perennial/ui';
import { IconArrowLeft } from '@tabler/icons-react';
import { useList } from '../../../app/data.ts';
import { useText, type Say } from '../../../app/text.tsx';
import { countChanges, type Change, type Comparison } from '../../../editor/edit/compare-drafts.ts';
import { START, type GraphBlock } from '../../../editor/graph.ts';
import type { BlockWords } from '../../../editor/use-block-words.ts';
import { WordDifference } from '../../messages/library/WordDifference.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import classes from './Versions.module.css';

/** Which definition stands on the later side: the draft, or a version. */
export type Later = 'draft' | number;

interface ComparePanelProps {
  workflow: string;
  earlier: number;
  later: Later;
  comparison: Comparison;
  words: BlockWords;
  /** The block that was clicked. */
  picked: string | null;
  mayRestore: boolean;
  onSides: (sides: { earlier: number; later: Later }) => void;
  onPick: (block: string) => void;
  onRestore: () => void;
  onBack: () => void;
  onClose: () => void;
}

/** What changed between two definitions: as a list of blocks, and field by field in one of them. */
export function ComparePanel(props: ComparePanelProps) {
  const { workflow, earlier, later, comparison, words, picked, mayRestore } = props;
  const { onSides, onPick, onRestore, onBack, onClose } = props;
  const t = useText();
  const { items } = useList<WorkflowVersionListItem>(`/workflows/${workflow}/versions`);
  const names = items.map(({ version }) => ({
    value: String(version),
    label: t('workflows.versions.version', { version }),
  }));
  return (
    <Inspector leavesFocus title={t('workflows.versions.compare')} onClose={onClose}>
      <div className={classes.sides}>
        <Select
          label={t('workflows.versions.with')}
          data={names}
          value={String(earlier)}
          allowDeselect={false}
          onChange={(value) => value && onSides({ earlier: Number(value), later })}
        />
        <Select
          label={t('workflows.versions.to')}
          data={[{ value: 'draft', label: t('workflows.versions.now') }, ...names]}
          value={String(later)}
          allowDeselect={false}
          onChange={(value) =>
            value && onSides({ earlier, later: value === 'draft' ? 'draft' : Number(value) })
          }
        />
      </div>
      <Counts comparison={comparison} />
      <ul className={classes.changed}>
        {changedBlocks(comparison).map(({ change, ...block }) => {
          const { id, type } = block;
          return (
            <li key={id}>
              <button
                type="button"
                className={classes.changedBlock}
                data-change={change}
                aria-pressed={picked === id}
                onClick={() => onPick(id)}
              >
                <span className={classes.dot} />
                <span className={classes.changedName}>{words.labelOf(type)}</span>
                <code className={classes.changedId}>{id}</code>
              </button>
              <div className={classes.sentence}>
                <WordDifference
                  before={change === 'added' ? '' : sentenceBefore(comparison, block, words)}
                  after={change === 'removed' ? '' : words.sentenceOf(block)}
                />
              </div>
              {picked === id ? <Details comparison={comparison} id={id} change={change} /> : null}
            </li>
          );
        })}
      </ul>
      {comparison.parts.length > 0 ? (
        <>
          <h3 className={classes.title}>{t('workflows.versions.parts')}</h3>
          <StartDifference comparison={comparison} words={words} />
          <DifferenceTable differences={comparison.parts} />
        </>
      ) : null}
      <Group mt="lg" justify="space-between">
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconArrowLeft size={14} />}
          onClick={onBack}
        >
          {t('workflows.versions.back')}
        </Button>
        {mayRestore ? (
          <Button size="xs" variant="default" onClick={onRestore}>
            {t('workflows.versions.restore', { version: earlier })}
          </Button>
        ) : null}
      </Group>
    </Inspector>
  );
}

function Counts({ comparison }: { comparison: Comparison }) {
  const t = useText();
  const counts = countChanges(comparison);
  const kinds = (['added', 'changed', 'removed'] as const).filter((kind) => counts[kind] > 0);
  if (kinds.length === 0 && comparison.parts.length === 0) {
    return <p className={classes.hint}>{t('workflows.versions.same')}</p>;
  }
  return (
    <p className={classes.legend}>
      {kinds.map((kind) => (
        <span key={kind} data-change={kind}>
          <span className={classes.dot} />
          {t(`workflows.versions.${kind}`, { count: counts[kind] })}
        </span>
      ))}
    </p>
  );
}

function Details({
  comparison,
  id,
  change,
}: {
  comparison: Comparison;
  id: string;
  change: Change;
}) {
  const t = useText();
  if (change === 'changed') {
    return <DifferenceTable differences={comparison.blocks.get(id) ?? []} />;
  }
  return <p className={classes.hint}>{goneOrNew(change, t)}</p>;
}

/** What starts the workflow, where other words say it now. */
function StartDifference({ comparison, words }: { comparison: Comparison; words: BlockWords }) {
  const before = words.startOf(comparison.starts.before);
  const after = words.startOf(comparison.starts.after);
  return before === after ? null : <WordDifference before={before} after={after} />;
}

/** A block that is gone is drawn as it was. */
function sentenceBefore({ earlier }: Comparison, block: GraphBlock, words: BlockWords): string {
  return words.sentenceOf(earlier.get(block.id) ?? block);
}

function goneOrNew(change: Change, t: Say): string {
  return change === 'added'
    ? t('workflows.versions.blockAdded')
    : t('workflows.versions.blockRemoved');
}

function changedBlocks({ graph, changes }: Comparison) {
  return graph.blocks.flatMap((block) => {
    const change = block.id === START ? undefined : changes.get(block.id);
    return change ? [{ ...block, change }] : [];
  });
}
