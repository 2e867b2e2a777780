import { Anchor } from '@mantine/core';
import type { ContentBlock } from '@perennial/contracts';
import { Link, useParams } from 'react-router';
import { useRead } from '../../app/data.ts';
import { PendingPage } from '../../app/PendingPage.tsx';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { BlockEditor } from './BlockEditor.tsx';

export function BlockPage() {
  const { id = '' } = useParams();
  const block = useRead<ContentBlock>(`/content_blocks/${id}`);
  if (!block.data) return <PendingPage back={<ToBlocks />} read={block} />;
  return <BlockEditor key={id} block={block.data} back={<ToBlocks />} />;
}

function ToBlocks() {
  const t = useText();
  const to = useTo();
  return (
    <Anchor component={Link} to={to('content-blocks')} size="sm" c="dimmed">
      {t('blocks.title')}
    </Anchor>
  );
}
