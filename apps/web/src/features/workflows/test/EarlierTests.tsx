import type { TestLaunchListItem } from '@perennial/contracts';
import { StatusBadge, Time } from '@perennial/ui';
import { useList } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';
import { ContactLink } from '../../contacts/ContactLink.tsx';
import { runTones } from '../workflow-state.ts';
import classes from '../Workflows.module.css';
import own from './Test.module.css';

/** The last tests of the workflow, to look at again. */
export function EarlierTests({
  workflow,
  onOpen,
}: {
  workflow: string;
  onOpen: (launch: string) => void;
}) {
  const t = useText();
  const tests = useList<TestLaunchListItem>(`/workflows/${workflow}/tests`, {
    query: { limit: 10 },
  });
  return (
    <>
      <h3 className={classes.section}>{t('workflows.test.earlier')}</h3>
      {!tests.loading && tests.items.length === 0 ? (
        <p className={classes.note}>{t('workflows.test.earlier.none')}</p>
      ) : null}
      <ul className={own.earlier}>
        {tests.items.map((test) => (
          <li key={test.id}>
            <ContactLink id={test.contact} />
            <button type="button" className={own.open} onClick={() => onOpen(test.id)}>
              <StatusBadge tone={runTones[test.state]}>
                {t(`workflows.test.state.${test.state}`)}
              </StatusBadge>
              <span className={own.when}>
                <Time at={test.started_at} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
