import classes from './Sparkline.module.css';

interface SparklineProps {
  /** Oldest first; bars start at zero. */
  values: readonly number[];
  /** What the bars say to those who cannot see them. */
  label: string;
  width?: number | string;
  height?: number;
  /** The last bar is a period that has not ended; it is drawn hatched. */
  lastIsPartial?: boolean;
}

/** Bars without axes for a table cell or beside a number. */
export function Sparkline(props: SparklineProps) {
  const { values, label, width = 96, height = 24, lastIsPartial } = props;
  const top = Math.max(1, ...values);
  const step = 100 / Math.max(1, values.length);
  return (
    <svg
      className={classes.root}
      style={{ inlineSize: width, blockSize: height }}
      viewBox={`0 0 100 ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {values.map((value, index) => {
        const size = value === 0 ? 1 : Math.max(1.5, (value / top) * height);
        return (
          <rect
            key={index}
            x={index * step + step * 0.12}
            y={height - size}
            width={step * 0.76}
            height={size}
            data-zero={value === 0 || undefined}
            data-partial={(lastIsPartial && index === values.length - 1) || undefined}
          />
        );
      })}
    </svg>
  );
}
