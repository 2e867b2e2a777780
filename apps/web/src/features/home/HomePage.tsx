import { Page, PageHeader } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useSession, useWorkspace } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { AttentionPanel } from './AttentionPanel.tsx';
import { GettingStarted } from './GettingStarted.tsx';
import { JustNow } from './JustNow.tsx';
import { partOfDay } from './today.ts';
import { TodayNumbers } from './TodayNumbers.tsx';
import classes from './Home.module.css';

/** What happened today, what needs attention, and the first steps. */
export function HomePage() {
  const t = useText();
  const workspace = useWorkspace();
  return (
    <Page
      header={
        <PageHeader
          title={<Greeting />}
          detail={t('home.detail', {
            workspace: workspace.name,
            zone: workspace.time_zone.replaceAll('_', ' '),
          })}
        />
      }
    >
      <div className={classes.page}>
        <TodayNumbers />
        <div className={classes.columns}>
          <div className={classes.column}>
            <AttentionPanel />
            <JustNow />
          </div>
          <div className={classes.column}>
            <GettingStarted />
          </div>
        </div>
      </div>
    </Page>
  );
}

function Greeting() {
  const t = useText();
  const intl = useIntl();
  const { user } = useSession();
  const [first] = user.name.split(/\s+/);
  if (!first) return t('home.greeting.nameless');
  const hour = new Intl.DateTimeFormat('en-GB', {
    hour: 'numeric',
    timeZone: intl.timeZone ?? 'UTC',
  }).format();
  return t(`home.greeting.${partOfDay(Number(hour))}`, { name: first });
}
