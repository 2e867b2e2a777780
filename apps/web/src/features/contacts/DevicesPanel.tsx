import { Copyable, Panel, Time } from '@perennial/ui';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import type { Contact } from './contact.ts';
import classes from './ContactPage.module.css';

interface Device {
  id: string;
  platform?: string | null;
  model?: string | null;
  app_version?: string | null;
  last_seen_at?: string | null;
}

export function DevicesPanel({ contact }: { contact: Contact }) {
  const t = useText();
  const devices = Array.isArray(contact.devices) ? (contact.devices as Device[]) : [];
  return (
    <Panel title={t('contacts.devices')}>
      {devices.length === 0 ? <p className={classes.none}>{t('contacts.devices.none')}</p> : null}
      {devices.map((device) => (
        <div key={device.id} className={classes.address}>
          {device.platform === 'web' ? (
            <IconDeviceDesktop size={16} />
          ) : (
            <IconDeviceMobile size={16} />
          )}
          <Copyable value={device.id} mono />
          <Time at={device.last_seen_at} />
          <div className={classes.reason}>
            {[device.platform, device.model, device.app_version].filter(Boolean).join(' · ')}
          </div>
        </div>
      ))}
    </Panel>
  );
}
