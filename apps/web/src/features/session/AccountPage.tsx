import { Page, PageHeader } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import classes from './AccountPage.module.css';
import { OpenSessions } from './OpenSessions.tsx';
import { PasswordPanel } from './PasswordPanel.tsx';
import { ProfilePanel } from './ProfilePanel.tsx';
import { RegionPanel } from './RegionPanel.tsx';
import { TotpPanel } from './TotpPanel.tsx';

/** What a user decides about themselves: name, region, password, second factor, sessions. */
export function AccountPage() {
  const t = useText();
  return (
    <Page
      width="form"
      header={<PageHeader title={t('app.account')} detail={t('session.account.detail')} />}
    >
      <div className={classes.panels}>
        <ProfilePanel />
        <RegionPanel />
        <PasswordPanel />
        <TotpPanel />
        <OpenSessions />
      </div>
    </Page>
  );
}
