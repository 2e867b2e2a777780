import { useIntl } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import { useMessageNames } from '../../messages/use-message-names.ts';
import { readWhy, type SeenVariant } from './read-why.ts';
import classes from './Variants.module.css';

/** Why a block sent this message and no other: every variant with its chance, as it was then. */
export function WhyThisMessage({ details }: { details: unknown }) {
  const t = useText();
  const intl = useIntl();
  const { nameOf } = useMessageNames();
  const why = readWhy(details);
  if (!why) return null;
  const percent = (value: number) =>
    intl.formatNumber(value, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <div>
      <p className={classes.note}>{t(`variants.why.${why.mode}`)}</p>
      <ul className={classes.why}>
        {why.variants.map((variant) => (
          <li key={variant.message} data-chosen={variant.message === why.message || undefined}>
            <span dir="auto">{nameOf(variant.message)}</span>
            <span>{said(variant)}</span>
          </li>
        ))}
      </ul>
    </div>
  );

  function said({ probability, settled, succeeded, leftOut }: SeenVariant): string {
    if (leftOut) return t(`variants.why.${leftOut}`);
    return t('variants.why.seen', { probability: percent(probability), settled, succeeded });
  }
}
