import type { ContactCard, ContactDevice } from '@perennial/contracts';
import { Copyable, Panel, StatusBadge, Time } from '@perennial/ui';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { FirstFew } from '../../app/FirstFew.tsx';
import { useText } from '../../app/text.tsx';
import classes from './ContactPage.module.css';

/** Devices and browsers that reported this contact. */
export function DevicesPanel({ contact: { devices } }: { contact: ContactCard }) {
  const t = useText();
  return (
    <Panel title={t('contacts.devices')}>
      {devices.length === 0 ? <p className={classes.none}>{t('contacts.devices.none')}</p> : null}
      <FirstFew items={devices} first={6}>
        {(shown) => shown.map((device) => <Device key={device.id} device={device} />)}
      </FirstFew>
    </Panel>
  );
}

function Device({ device }: { device: ContactDevice }) {
  const t = useText();
  const system = [device.os_type ?? device.platform, device.os_version].filter(Boolean).join(' ');
  const app = [device.app, device.app_version].filter(Boolean).join(' ');
  const Glyph = device.category === 'desktop' ? IconDeviceDesktop : IconDeviceMobile;
  return (
    <div className={classes.address}>
      <Glyph size={16} />
      <Copyable value={device.id} mono />
      {device.push_token ? (
        <StatusBadge tone={device.push_enabled === false ? 'neutral' : 'success'}>
          {t(device.push_enabled === false ? 'contacts.push.off' : 'contacts.push.on')}
        </StatusBadge>
      ) : (
        <span />
      )}
      <div className={classes.reason}>
        {[device.model, system, app, device.locale, device.time_zone].filter(Boolean).join(' · ')}
        {' · '}
        <Time at={device.last_seen_at} />
      </div>
    </div>
  );
}
