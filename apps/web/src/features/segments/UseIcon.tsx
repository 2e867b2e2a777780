import type { SegmentUse } from '@perennial/contracts';
import { IconSitemap, IconUsersGroup } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';

/** What kind of thing uses a segment, as a picture. */
export function UseIcon({ use: { kind } }: { use: SegmentUse }) {
  const t = useText();
  const Glyph = kind === 'workflow' ? IconSitemap : IconUsersGroup;
  return <Glyph size={16} role="img" aria-label={t(`segments.information.use.${kind}`)} />;
}
