import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../../../../app/text.tsx';
import { staticAmp } from './amp-static.ts';
import { DeviceFrame } from './DeviceFrame.tsx';
import classes from './EmailPreview.module.css';

interface AmpViewProps {
  amp: string;
  title: string;
  devices: readonly ('phone' | 'desktop')[];
}

/** The AMP page as it lies there when it is opened, and what only a mail program makes of it. */
export function AmpView({ amp, title, devices }: AmpViewProps) {
  const t = useText();
  const { formatList } = useIntl();
  const { html, living } = useMemo(() => staticAmp(amp), [amp]);
  return (
    <>
      <p className={classes.ampNote}>
        {t('messages.amp.note')}{' '}
        {living.length > 0 ? t('messages.amp.living', { names: formatList(living) }) : null}
      </p>
      <div className={classes.stage}>
        {devices.map((each) => (
          <DeviceFrame key={each} device={each} html={html} title={title} scheme="light" />
        ))}
      </div>
    </>
  );
}
