import { Anchor, Button, Group, Tooltip } from '@mantine/core';
import { findBlock } from '@perennial/blocks';
import type {
  BlockConversion,
  BlockStats,
  WorkflowConversion,
  WorkflowStats,
} from '@perennial/contracts';
import { IconDownload } from '@tabler/icons-react';
import { FormattedNumber, useIntl } from 'react-intl';
import { Link } from 'react-router';
import { saveFile } from '../../../app/save-file.ts';
import { useText, type Say } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { blockLook } from '../../../editor/block-icons.ts';
import { exitName } from '../../../editor/exit-name.ts';
import type { Graph, GraphBlock } from '../../../editor/graph.ts';
import type { BlockWords } from '../../../editor/use-block-words.ts';
import { csvOf } from './csv.ts';
import classes from '../Workflows.module.css';
import own from './Numbers.module.css';

interface BlockNumbersProps {
  workflow: string;
  graph: Graph;
  stats: WorkflowStats;
  /** Who reached the goal that is asked about; none is, or it is being counted. */
  conversion: WorkflowConversion | undefined;
  words: BlockWords;
  /** 0: all time. */
  days: number;
  picked: string | null;
  onPick: (block: string) => void;
}

const NONE: BlockStats = { entered: 0, waiting: 0, exits: {} };
const NOBODY: BlockConversion = { passed: 0, reached: 0, open: 0 };

/** The numbers of each block as a table; each leads to its runs. */
export function BlockNumbers(props: BlockNumbersProps) {
  const { workflow, graph, stats, conversion, words, picked, onPick } = props;
  const t = useText();
  return (
    <section>
      <Group justify="space-between" align="baseline">
        <h3 className={classes.section}>{t('workflows.numbers.blocks')}</h3>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconDownload size={14} />}
          onClick={() =>
            saveFile(csvOf(fileOf(props, t)), t('workflows.numbers.csvName', { id: workflow }))
          }
        >
          {t('workflows.numbers.csv')}
        </Button>
      </Group>
      <table className={own.table}>
        <thead>
          <tr>
            <th>{t('workflows.numbers.column.block')}</th>
            <th>{t('workflows.numbers.column.entered')}</th>
            <th>{t('workflows.numbers.column.waiting')}</th>
            <th>{t('workflows.numbers.column.exits')}</th>
            {conversion ? <th>{t('workflows.numbers.column.reached')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {graph.blocks.map((block) => (
            <Row
              key={block.id}
              {...props}
              block={block}
              numbers={stats.blocks[block.id] ?? NONE}
              reached={conversion && (conversion.blocks[block.id] ?? NOBODY)}
              title={words.sentenceOf(block)}
              picked={picked === block.id}
              onPick={() => onPick(block.id)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps extends Pick<BlockNumbersProps, 'workflow' | 'stats' | 'days'> {
  block: GraphBlock;
  numbers: BlockStats;
  reached: BlockConversion | undefined;
  title: string;
  picked: boolean;
  onPick: () => void;
}

function Row(props: RowProps) {
  const { workflow, stats, days, block, numbers, reached, title, picked, onPick } = props;
  const t = useText();
  const intl = useIntl();
  const { icon: Glyph, colour } = blockLook(block.type, findBlock(block.type)?.icon);
  const share = (n: number, of: number) =>
    intl.formatNumber(of === 0 ? 0 : n / of, { style: 'percent', maximumFractionDigits: 1 });
  const lost = lostOn(numbers);
  const link = { workflow, days };
  return (
    <tr data-picked={picked || undefined}>
      <td>
        <button type="button" className={own.block} onClick={onPick}>
          <Glyph size={14} color={colour} />
          <span dir="auto">{title}</span>
        </button>
        {lost > 0 ? (
          <Tooltip label={t('workflows.numbers.lost.hint')}>
            <span className={own.lost}>
              <RunsLink {...link} query={{ state: 'failed,stopped', block: block.id }}>
                {t('workflows.numbers.lost', {
                  count: intl.formatNumber(lost),
                  share: share(lost, numbers.entered),
                })}
              </RunsLink>
            </span>
          </Tooltip>
        ) : null}
      </td>
      <td className={own.number}>
        <RunsLink {...link} query={{ reached: block.id }}>
          <FormattedNumber value={numbers.entered} />
        </RunsLink>
        <div className={own.share}>{share(numbers.entered, stats.started)}</div>
      </td>
      <td className={own.number}>
        <RunsLink
          workflow={workflow}
          days={0}
          query={{ state: 'waiting,running', block: block.id }}
        >
          <FormattedNumber value={numbers.waiting} />
        </RunsLink>
      </td>
      <td className={own.number}>
        {exitsInOrder(block, numbers).map(([exit, n]) => (
          <div key={exit} className={own.exit}>
            <span>{exitName(exit, t)}</span>
            <RunsLink {...link} query={{ reached: block.id, exit }}>
              <FormattedNumber value={n} />
            </RunsLink>
            <span className={own.share}>{share(n, numbers.entered)}</span>
          </div>
        ))}
      </td>
      {reached ? (
        <td className={own.number}>
          <Reached counts={reached} />
        </td>
      ) : null}
    </tr>
  );
}

/** Of those who passed the block, how many reached the goal, and how many still may. */
function Reached({ counts: { passed, reached, open } }: { counts: BlockConversion }) {
  const t = useText();
  const intl = useIntl();
  if (passed === 0) return <span className={own.share}>–</span>;
  return (
    <>
      <FormattedNumber value={reached} />
      <div className={own.share}>
        {t('workflows.numbers.reached.of', {
          share: intl.formatNumber(reached / passed, {
            style: 'percent',
            maximumFractionDigits: 1,
          }),
          passed: intl.formatNumber(passed),
        })}
      </div>
      {open > 0 ? (
        <Tooltip label={t('workflows.numbers.open.hint')}>
          <div className={own.share}>
            {t('workflows.numbers.open', { count: intl.formatNumber(open) })}
          </div>
        </Tooltip>
      ) : null}
    </>
  );
}

/** As they are drawn; those of other versions follow. */
function exitsInOrder({ exits }: GraphBlock, { exits: counts }: BlockStats): [string, number][] {
  const place = (exit: string) => (exits.includes(exit) ? exits.indexOf(exit) : exits.length);
  return Object.entries(counts).toSorted(([a], [b]) => place(a) - place(b));
}

function lostOn({ ended = {} }: BlockStats): number {
  return (ended.failed ?? 0) + (ended.stopped ?? 0);
}

interface RunsLinkProps {
  workflow: string;
  days: number;
  query: Record<string, string>;
  children: React.ReactNode;
}

/** To the runs behind a number. */
function RunsLink({ workflow, days, query, children }: RunsLinkProps) {
  const to = useTo();
  const search = new URLSearchParams({ ...query, ...(days > 0 && { days: String(days) }) });
  return (
    <Anchor component={Link} to={to(`workflows/${workflow}/runs?${search}`)} inherit>
      {children}
    </Anchor>
  );
}

/** A line for each exit of each block, and one for a block without. */
function fileOf(
  { graph, stats, conversion, words }: BlockNumbersProps,
  t: Say,
): (string | number)[][] {
  const names = ['id', 'type', 'block', 'entered', 'waiting', 'failed', 'stopped'] as const;
  const goal = ['passed', 'reached', 'open'] as const;
  const head = [...names, ...(conversion ? goal : []), 'exit' as const, 'exits' as const].map(
    (name) => t(`workflows.numbers.column.${name}`),
  );
  const lines = graph.blocks.flatMap((block) => {
    const { entered, waiting, exits, ended = {} } = stats.blocks[block.id] ?? NONE;
    const { failed = 0, stopped = 0 } = ended;
    const first = [
      block.id,
      block.type,
      words.sentenceOf(block),
      entered,
      waiting,
      failed,
      stopped,
      ...(conversion ? goal.map((name) => conversion.blocks[block.id]?.[name] ?? 0) : []),
    ];
    const ways = Object.entries(exits);
    return ways.length === 0 ? [[...first, '', 0]] : ways.map((way) => [...first, ...way]);
  });
  return [head, ...lines];
}
