import { SegmentedControl, Select } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { CodeEditor } from '@perennial/ui';
import { useState } from 'react';
import { useText } from '../../../../app/text.tsx';
import type { MessageContent } from '../../message.ts';
import type { Scheme } from '../frame-html.ts';
import { word } from '../word.ts';
import { AmpView } from './AmpView.tsx';
import { DeviceFrame } from './DeviceFrame.tsx';
import { InboxRows } from './InboxRows.tsx';
import classes from './EmailPreview.module.css';

const views = ['message', 'amp', 'inbox', 'text', 'source'] as const;
const devices = ['phone', 'desktop', 'both', 'web'] as const;
const schemes = ['light', 'inverted', 'dark'] as const;

/** An e-mail in all the ways in which it is met: open, in a list, as text, as source. */
export function EmailPreview({ content }: { content: MessageContent }) {
  const t = useText();
  const [chosen, setView] = useState<(typeof views)[number]>('message');
  const amp = word(content.amp);
  const view = chosen === 'amp' && amp === '' ? 'message' : chosen;
  const [device, setDevice] = useLocalStorage<(typeof devices)[number]>({
    key: 'perennial.preview.device',
    defaultValue: 'desktop',
    getInitialValueInEffect: false,
  });
  const [scheme, setScheme] = useState<Scheme>('light');
  // The version in the browser is never AMP.
  const ampDevice = device === 'web' ? 'desktop' : device;
  return (
    <div className={classes.preview}>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('messages.view.label')}
          value={view}
          onChange={setView}
          data={views
            .filter((each) => each !== 'amp' || amp !== '')
            .map((each) => ({ value: each, label: t(`messages.view.${each}`) }))}
        />
        {view === 'message' || view === 'amp' ? (
          <div className={classes.looks}>
            <Select
              size="xs"
              w={116}
              aria-label={t('messages.device.label')}
              allowDeselect={false}
              value={view === 'amp' ? ampDevice : device}
              onChange={(next) => next && setDevice(next)}
              data={devices
                .filter((each) => each !== 'web' || view === 'message')
                .map((each) => ({ value: each, label: t(`messages.device.${each}`) }))}
            />
            {view === 'message' ? (
              <Select
                size="xs"
                w={172}
                aria-label={t('messages.scheme.label')}
                allowDeselect={false}
                value={scheme}
                onChange={(next) => next && setScheme(next)}
                data={schemes.map((each) => ({ value: each, label: t(`messages.scheme.${each}`) }))}
              />
            ) : null}
          </div>
        ) : null}
      </div>
      {view === 'message' ? (
        <Open content={content} device={device} scheme={scheme} />
      ) : view === 'amp' ? (
        <AmpView
          amp={amp}
          title={t('messages.view.amp')}
          devices={ampDevice === 'both' ? ['phone', 'desktop'] : [ampDevice]}
        />
      ) : view === 'inbox' ? (
        <InboxRows content={content} />
      ) : view === 'text' ? (
        <pre className={classes.text} dir="auto" tabIndex={0}>
          {word(content.text)}
        </pre>
      ) : (
        <div className={classes.source}>
          <CodeEditor
            label={t('messages.view.source')}
            language="html"
            value={word(content.html)}
            readOnly
          />
        </div>
      )}
    </div>
  );
}

interface OpenProps {
  content: MessageContent;
  device: (typeof devices)[number];
  scheme: Scheme;
}

function Open({ content, device, scheme }: OpenProps) {
  const t = useText();
  const frame = {
    html: word(content.html),
    title: word(content.subject) || t('messages.preview.noSubject'),
    scheme,
  };
  const shown = device === 'both' ? (['phone', 'desktop'] as const) : [device];
  return (
    <>
      {device === 'web' ? null : (
        <div className={classes.subject} dir="auto">
          <strong>{frame.title}</strong> <span>{word(content.preheader)}</span>
        </div>
      )}
      <div className={classes.stage}>
        {shown.map((each) => (
          <DeviceFrame
            key={each}
            device={each}
            {...frame}
            address={each === 'web' ? t('messages.device.web.address') : undefined}
          />
        ))}
      </div>
    </>
  );
}
