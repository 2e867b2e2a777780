import { useElementSize } from '@mantine/hooks';
import { HtmlFrame } from '../HtmlFrame.tsx';
import type { Scheme } from '../frame-html.ts';
import classes from './DeviceFrame.module.css';

interface DeviceFrameProps {
  device: 'phone' | 'desktop' | 'web';
  html: string;
  title: string;
  scheme: Scheme;
  /** Shown in its address bar, of the version in the browser. */
  address?: string | undefined;
}

/** CSS pixels that a message has for itself there. */
const WIDTHS = { phone: 375, desktop: 680, web: 1024 };

/** A message as wide as a device shows it, made smaller where there is less room. */
export function DeviceFrame({ device, html, title, scheme, address }: DeviceFrameProps) {
  const { ref, width, height } = useElementSize();
  const wide = device === 'phone' ? WIDTHS.phone : Math.max(WIDTHS[device], width);
  const scale = width === 0 ? 1 : Math.min(1, width / wide);
  return (
    <div className={classes.device} data-device={device}>
      {address === undefined ? null : (
        <div className={classes.address} dir="ltr">
          {address}
        </div>
      )}
      <div ref={ref} className={classes.room}>
        <div
          className={classes.page}
          style={{
            inlineSize: wide,
            blockSize: height / scale,
            transform: `scale(${scale})`,
          }}
        >
          <HtmlFrame html={html} title={title} scheme={scheme} />
        </div>
      </div>
    </div>
  );
}
