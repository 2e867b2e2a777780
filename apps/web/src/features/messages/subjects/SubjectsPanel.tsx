import type { SubjectCount } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { FormattedNumber } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import { isClear, type Tested } from '../../campaigns/is-clear.ts';
import { RateWithInterval, scaleOf } from '../../campaigns/RateWithInterval.tsx';
import tables from '../../campaigns/Campaigns.module.css';
import { languageName } from '../library/language-name.ts';
import classes from './Subjects.module.css';

interface SubjectsPanelProps {
  title: string;
  /** Of one message. */
  subjects: readonly SubjectCount[];
}

/** Subjects of a message beside each other, those of a language together, with what is not known of them. */
export function SubjectsPanel({ title, subjects }: SubjectsPanelProps) {
  const t = useText();
  const languages = [...Map.groupBy(subjects, ({ language }) => language)];
  return (
    <Panel title={title} flush>
      {languages.map(([language, own]) => (
        <OfLanguage key={language} subjects={own} named={languages.length > 1} />
      ))}
      <div className={tables.verdict}>
        <p className={tables.note}>{t('subjects.note')}</p>
      </div>
    </Panel>
  );
}

function OfLanguage({ subjects, named }: { subjects: readonly SubjectCount[]; named: boolean }) {
  const t = useText();
  const opens = subjects.map(({ sent, opened }): Tested => ({ sent, did: opened }));
  const clicks = subjects.map(({ sent, clicked }): Tested => ({ sent, did: clicked }));
  return (
    <>
      {named ? <div className={classes.language}>{languageName(subjects[0]!.language)}</div> : null}
      <div className={tables.scroll}>
        <table className={`${tables.table} ${classes.table}`}>
          <thead>
            <tr>
              {(['subject', 'sent', 'opened', 'clicked', 'unsubscribed'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`subjects.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {subjects.map((subject, i) => (
              <tr key={subject.text}>
                <td>
                  <span className={classes.subject} dir="auto">
                    {subject.text}
                  </span>
                </td>
                <td>
                  <FormattedNumber value={subject.sent} />
                </td>
                <td>
                  <RateWithInterval counts={opens[i]!} scale={scaleOf(opens)} />
                  <WithMachines people={subject.opened} all={subject.opened_with_machines} />
                </td>
                <td>
                  <RateWithInterval counts={clicks[i]!} scale={scaleOf(clicks)} />
                  <WithMachines people={subject.clicked} all={subject.clicked_with_machines} />
                </td>
                <td>
                  <FormattedNumber value={subject.unsubscribed} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={tables.verdict}>
        <p>
          <Verdict subjects={subjects} opens={opens} />
        </p>
      </div>
    </>
  );
}

/** The count of people, and of everybody where that differs. */
function WithMachines({ people, all }: { people: number; all: number }) {
  const t = useText();
  return (
    <span className={classes.machines}>
      <FormattedNumber value={people} />
      {all > people ? ` · ${t('subjects.withMachines', { n: all })}` : null}
    </span>
  );
}

/** Nothing is said of rates of so few. */
const FEWEST = 30;

function Verdict({
  subjects,
  opens,
}: {
  subjects: readonly SubjectCount[];
  opens: readonly Tested[];
}) {
  const t = useText();
  if (opens.length < 2 || opens.some(({ sent }) => sent < FEWEST)) return <>{t('subjects.few')}</>;
  const rates = opens.map(({ sent, did }) => did / sent);
  const best = rates.indexOf(Math.max(...rates));
  if (!isClear(opens, best)) return <>{t('subjects.unclear')}</>;
  return <>{t('subjects.clear', { text: subjects[best]!.text })}</>;
}
