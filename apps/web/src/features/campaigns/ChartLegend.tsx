import { COLORS, type Series } from './chart-colors.ts';
import classes from './Campaigns.module.css';

interface ChartLegendProps {
  series: readonly Series[];
  names: Partial<Record<Series, string>>;
}

/** Which colour is what. */
export function ChartLegend({ series, names }: ChartLegendProps) {
  return (
    <ul className={classes.legend}>
      {series.map((each) => (
        <li key={each}>
          <span className={classes.swatch} style={{ background: COLORS[each] }} aria-hidden />
          {names[each]}
        </li>
      ))}
    </ul>
  );
}
