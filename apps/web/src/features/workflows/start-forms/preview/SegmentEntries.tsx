import { useText } from '../../../../app/text.tsx';
import { useDaySizes } from '../../../segments/use-day-sizes.ts';
import classes from './StartPreview.module.css';

const DAYS = 7;

/** How many entered a segment in the last days, each of them a start. */
export function SegmentEntries({ segment }: { segment: string }) {
  const t = useText();
  const { data } = useDaySizes(segment, DAYS);
  if (!data) return null;
  const entered = data.days.reduce((sum, day) => sum + day.entered, 0);
  return <p className={classes.line}>{t('startForms.entered', { count: entered })}</p>;
}
