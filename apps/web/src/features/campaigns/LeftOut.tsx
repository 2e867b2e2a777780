import type { CampaignPreview } from '@perennial/contracts';
import { useText } from '../../app/text.tsx';
import { Bar } from './Bar.tsx';
import { reasonWords } from './reason-words.ts';
import classes from './Campaigns.module.css';

/** Who of an audience would not get it, by reason; of a sample, extrapolated. */
export function LeftOut({ preview }: { preview: CampaignPreview }) {
  const t = useText();
  const { eligible, asked, left_out: leftOut } = preview;
  if (leftOut.length === 0) return null;
  const scale = asked > 0 ? eligible / asked : 0;
  return (
    <ul className={classes.list} aria-label={t('campaigns.preview.leftOut')}>
      {leftOut.map(({ gate, reason, n }) => (
        <li key={`${gate} ${reason}`}>
          <Bar label={reasonWords(reason, t)} value={Math.round(n * scale)} of={eligible} />
        </li>
      ))}
    </ul>
  );
}
