import type { SegmentUse } from '@perennial/contracts';
import { IconSend, IconSitemap, IconUsersGroup } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';

const GLYPHS = { workflow: IconSitemap, segment: IconUsersGroup, campaign: IconSend } as const;

/** What kind of thing uses a segment, as a picture. */
export function UseIcon({ use: { kind } }: { use: SegmentUse }) {
  const t = useText();
  const Glyph = GLYPHS[kind];
  return <Glyph size={16} role="img" aria-label={t(`segments.information.use.${kind}`)} />;
}
