import type { Segment } from '@perennial/contracts';
import { useRead } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';

/** How many members start at once, of a definition that starts those too; else nothing. */
export function MembersStart({ definition }: { definition: Record<string, unknown> | undefined }) {
  const t = useText();
  const { type, segment, existing } = (definition?.start ?? {}) as Record<string, unknown>;
  const asks = type === 'segment' && existing === true && typeof segment === 'string';
  const read = useRead<Segment>(`/segments/${String(segment)}`, { enabled: asks });
  if (!asks || !read.data) return null;
  const { name, size } = read.data;
  return <p>{t('workflows.members', { segment: name, count: size })}</p>;
}
