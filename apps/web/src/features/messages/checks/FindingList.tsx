import type { CheckFinding } from '@perennial/contracts';
import { IconAlertCircle, IconAlertTriangle, IconBulb } from '@tabler/icons-react';
import { catalogue, type TextId } from '../../../app/catalogue.ts';
import { useText } from '../../../app/text.tsx';
import classes from './Checks.module.css';

const icons = { error: IconAlertCircle, warning: IconAlertTriangle, hint: IconBulb };

/** A finding, and where several messages are checked, the name of its own. */
export type FindingOf = CheckFinding & { of?: string };

/** What checks found, the worst first, each with where it is and what to do. */
export function FindingList({
  findings,
  languages,
}: {
  findings: readonly FindingOf[];
  /** Of the message: with one of them, naming it says nothing. */
  languages: number;
}) {
  const t = useText();
  return (
    <ul className={classes.list}>
      {findings.map((finding, index) => {
        const { severity, message, advice, excerpt } = finding;
        const Icon = icons[severity];
        return (
          <li key={index} className={classes.finding}>
            <Icon
              size={16}
              className={classes.icon ?? ''}
              data-severity={severity}
              role="img"
              aria-label={t(`checks.severity.${severity}`)}
            />
            <span className={classes.message} dir="auto">
              {message}
            </span>
            <span className={classes.advice} dir="auto">
              {advice}
            </span>
            <span className={classes.place}>
              {finding.of === undefined ? null : (
                <span className={classes.of} dir="auto" title={finding.of}>
                  {finding.of}
                </span>
              )}
              <Place {...finding} withLanguage={languages > 1} />
              {excerpt ? (
                <span className={classes.excerpt} dir="ltr" title={excerpt}>
                  {excerpt}
                </span>
              ) : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Where it stands, in the words of the form. */
export function Place({
  path,
  line,
  language,
  withLanguage,
}: Pick<CheckFinding, 'path' | 'line' | 'language'> & { withLanguage: boolean }) {
  const t = useText();
  const name = path.slice(1);
  const id = `checks.member.${name}`;
  const member = Object.hasOwn(catalogue, id) ? t(id as TextId) : name;
  const where = { member, line: line === null ? 'none' : String(line) };
  return (
    <span className={classes.placeName}>
      {withLanguage && language
        ? t('checks.placeIn', { ...where, language })
        : t('checks.place', where)}
    </span>
  );
}
