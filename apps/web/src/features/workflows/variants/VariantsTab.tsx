import { Button, Select, Switch, Tooltip } from '@mantine/core';
import type { BlockVariants, Workflow } from '@perennial/contracts';
import { EmptyState, Panel, SkeletonBlock } from '@perennial/ui';
import { IconDownload, IconMailOff, IconVersions } from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import { useChange, useRead } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { saveFile } from '../../../app/save-file.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useText } from '../../../app/text.tsx';
import { useUrlState } from '../../../app/use-url-state.ts';
import { useBlockWords } from '../../../editor/use-block-words.ts';
import { useMessageNames } from '../../messages/use-message-names.ts';
import { useSegmentNames } from '../../segments/use-segment-names.ts';
import { choosingBlocks } from './choosing-blocks.ts';
import { LearningPanel } from './LearningPanel.tsx';
import { SharesPanel } from './SharesPanel.tsx';
import { VariantsTable } from './VariantsTable.tsx';
import classes from './Variants.module.css';

/** What blocks that choose among messages have learnt, one block at a time. */
export function VariantsTab({ workflow }: { workflow: Workflow }) {
  const t = useText();
  const [{ block, machines }, setState] = useUrlState({ block: '', machines: '' });
  const words = useBlockWords(useMessageNames().nameOf, useSegmentNames());
  const blocks = choosingBlocks(workflow);
  const picked = blocks.find(({ id }) => id === block) ?? blocks[0];
  if (!picked) {
    return (
      <EmptyState icon={IconVersions} title={t('variants.noBlock.title')}>
        {t('variants.noBlock.detail')}
      </EmptyState>
    );
  }
  return (
    <div className={classes.scroll}>
      {blocks.length > 1 ? (
        <div className={classes.head}>
          <Select
            aria-label={t('variants.block')}
            w={420}
            maw="100%"
            allowDeselect={false}
            data={blocks.map((each) => ({ value: each.id, label: words.sentenceOf(each) }))}
            value={picked.id}
            onChange={(id) => setState({ block: id ?? '' })}
          />
        </div>
      ) : null}
      <BlockView
        key={picked.id}
        path={`/workflows/${workflow.id}/blocks/${picked.id}/variants`}
        machines={machines !== ''}
        onMachines={(on) => setState({ machines: on ? 'yes' : '' })}
      />
    </div>
  );
}

interface BlockViewProps {
  path: string;
  machines: boolean;
  onMachines: (on: boolean) => void;
}

function BlockView({ path, machines, onMachines }: BlockViewProps) {
  const query = machines ? { query: { machines: 'true' } } : {};
  const { data, error, refetch } = useRead<BlockVariants>(path, { every: 10_000, ...query });
  if (!data) {
    return error ? (
      <Problem error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonBlock height={480} />
    );
  }
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <VariantsPanel path={path} data={data} machines={machines} onMachines={onMachines} />
        <SharesPanel block={data} />
      </div>
      <div className={classes.column}>
        <LearningPanel path={path} block={data} />
      </div>
    </div>
  );
}

function VariantsPanel({
  path,
  data,
  machines,
  onMachines,
}: BlockViewProps & { data: BlockVariants }) {
  const t = useText();
  const intl = useIntl();
  if (data.variants.length === 0) {
    const tags = intl.formatList(
      data.include.map(({ name, id }) => `“${name || id}”`),
      { type: 'disjunction' },
    );
    return (
      <Panel title={t('variants.title')}>
        <EmptyState icon={IconMailOff} title={t('variants.empty.title')}>
          {t('variants.empty.detail', { tags })}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title={t('variants.title')}
      flush
      actions={
        <>
          {data.goal.type === 'event' ? null : (
            <Tooltip label={t('variants.withMachines.hint')} multiline w={260}>
              <Switch
                size="xs"
                labelPosition="left"
                label={t('variants.withMachines')}
                checked={machines}
                onChange={(event) => onMachines(event.currentTarget.checked)}
              />
            </Tooltip>
          )}
          <Download path={path} block={data.block} machines={machines} />
        </>
      }
    >
      <VariantsTable path={path} block={data} />
    </Panel>
  );
}

function Download({ path, block, machines }: { path: string; block: string; machines: boolean }) {
  const t = useText();
  const showProblem = useShowProblem();
  const download = useChange(async (api) => {
    const file = await api.download(`${path}/file${machines ? '?machines=true' : ''}`);
    saveFile(file, t('variants.downloadName', { block }));
  }, []);
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconDownload size={14} />}
      loading={download.isPending}
      onClick={() => download.mutate(undefined, { onError: showProblem })}
    >
      {t('variants.download')}
    </Button>
  );
}
