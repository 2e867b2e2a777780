import classes from './SeriesLegend.module.css';

/** Which colour of a chart is what. */
export function SeriesLegend({ series }: { series: readonly { name: string; color: string }[] }) {
  return (
    <ul className={classes.legend}>
      {series.map(({ name, color }) => (
        <li key={name}>
          <span className={classes.swatch} style={{ background: color }} aria-hidden />
          {name}
        </li>
      ))}
    </ul>
  );
}
