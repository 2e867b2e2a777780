import { Anchor } from '@mantine/core';
import type { ContentBlock, ContentBlockUse, Page } from '@perennial/contracts';
import { ChannelIcon, SkeletonLines, StatusBadge } from '@perennial/ui';
import { IconTemplate } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import classes from './Blocks.module.css';

/** Messages and blocks that have the block in them, with those that could not take its newest version. */
export function BlockUses({ block }: { block: ContentBlock }) {
  const t = useText();
  const uses = useRead<Page<ContentBlockUse>>(`/content_blocks/${block.id}/uses`, { every: 3_000 });
  if (uses.error) return <Problem error={uses.error} onRetry={() => void uses.refetch()} />;
  if (!uses.data) return <SkeletonLines />;
  if (uses.data.items.length === 0) return <p className={classes.none}>{t('blocks.uses.none')}</p>;
  return (
    <ul className={classes.uses}>
      {uses.data.items.map((use) => (
        <Use key={`${use.kind} ${use.id}`} use={use} newest={block.version} />
      ))}
    </ul>
  );
}

function Use({ use, newest }: { use: ContentBlockUse; newest: number }) {
  const t = useText();
  const to = useTo();
  const { kind, id, name, channel, archived, block_version: version } = use;
  const path = kind === 'message' ? `messages/${id}` : `content-blocks/${id}`;
  return (
    <li className={classes.use}>
      {channel ? <ChannelIcon channel={channel} /> : <IconTemplate size={16} aria-hidden />}
      <Anchor component={Link} to={to(path)} size="sm" dir="auto">
        {name}
      </Anchor>
      <span className={classes.hint}>
        {kind === 'block' ? t('blocks.uses.block') : null}
        {archived ? t('blocks.uses.archived') : null}
      </span>
      {version !== null && version < newest ? (
        <span className={classes.old}>
          <StatusBadge tone="warning">{t('blocks.uses.old', { version })}</StatusBadge>
        </span>
      ) : null}
    </li>
  );
}
