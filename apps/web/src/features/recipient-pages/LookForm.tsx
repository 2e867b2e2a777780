import { NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { PAGE_FONTS, PAUSE_DAYS, type PageLogo, type PageTheme } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { useRef } from 'react';
import { useWorkspace } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { ColourFields } from './ColourFields.tsx';
import { LogoField } from './LogoField.tsx';
import classes from './RecipientPages.module.css';

/** What a dark device gets when it gets colours of its own. */
const USUAL_DARK = { background: '#141816', text: '#eef2f0', accent: '#3aa47b' };

interface LookFormProps {
  value: PageTheme;
  logo: PageLogo | null;
  readOnly: boolean;
  errorAt: (pointer: string) => string | undefined;
  onChange: (value: PageTheme) => void;
}

export function LookForm({ value, logo, readOnly, errorAt, onChange }: LookFormProps) {
  const t = useText();
  const { name } = useWorkspace();
  const formerDark = useRef(value.dark ?? USUAL_DARK);
  const change = (part: Partial<PageTheme>) => onChange({ ...value, ...part });
  const changeDark = (dark: PageTheme['dark']) => {
    if (dark) formerDark.current = dark;
    change({ dark });
  };
  return (
    <div className={classes.panels}>
      <Panel title={t('pages.logo')}>
        <div className={classes.stack}>
          <LogoField logo={logo} readOnly={readOnly} />
          <div className={classes.grid}>
            <NumberInput
              label={t('pages.logo.height')}
              suffix={` ${t('pages.pixels')}`}
              min={16}
              max={120}
              clampBehavior="strict"
              allowDecimal={false}
              value={value.logo_height}
              readOnly={readOnly || !logo}
              onChange={(height) => change({ logo_height: Number(height) || 40 })}
            />
          </div>
          <Switch
            label={t('pages.name', { name })}
            checked={value.show_name || !logo}
            disabled={readOnly || !logo}
            onChange={(event) => change({ show_name: event.currentTarget.checked })}
          />
        </div>
      </Panel>
      <Panel title={t('pages.colours')}>
        <div className={classes.stack}>
          <ColourFields
            title={t('pages.colours.light')}
            value={value.light}
            readOnly={readOnly}
            onChange={(light) => change({ light })}
          />
          <Switch
            label={t('pages.colours.darkToo')}
            checked={value.dark !== null}
            disabled={readOnly}
            onChange={(event) =>
              changeDark(event.currentTarget.checked ? formerDark.current : null)
            }
          />
          {value.dark ? (
            <ColourFields
              title={t('pages.colours.dark')}
              value={value.dark}
              readOnly={readOnly}
              onChange={changeDark}
            />
          ) : null}
        </div>
      </Panel>
      <Panel title={t('pages.shape')}>
        <div className={classes.grid}>
          <Select
            label={t('pages.font')}
            description={t('pages.font.hint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={PAGE_FONTS.map((font) => ({ value: font, label: t(`pages.font.${font}`) }))}
            value={value.font}
            allowDeselect={false}
            readOnly={readOnly}
            onChange={(font) => font && change({ font })}
          />
          <NumberInput
            label={t('pages.radius')}
            suffix={` ${t('pages.pixels')}`}
            min={0}
            max={24}
            clampBehavior="strict"
            allowDecimal={false}
            value={value.radius}
            readOnly={readOnly}
            onChange={(radius) => change({ radius: Number(radius) || 0 })}
          />
        </div>
      </Panel>
      <Panel title={t('pages.choices')}>
        <div className={classes.stack}>
          <Switch
            label={t('pages.channels')}
            description={t('pages.channels.hint')}
            checked={value.offer_channels}
            disabled={readOnly}
            onChange={(event) => change({ offer_channels: event.currentTarget.checked })}
          />
          <Select
            label={t('pages.pause')}
            description={t('pages.pause.hint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={PAUSE_DAYS.map((days) => ({
              value: String(days),
              label: days === 0 ? t('pages.pause.none') : t('pages.pause.days', { days }),
            }))}
            value={String(value.pause_days)}
            allowDeselect={false}
            readOnly={readOnly}
            onChange={(days) => {
              const chosen = PAUSE_DAYS.find((each) => String(each) === days);
              if (chosen !== undefined) change({ pause_days: chosen });
            }}
            className={classes.narrow ?? ''}
          />
        </div>
      </Panel>
      <Panel title={t('pages.foot')}>
        <div className={classes.stack}>
          <Textarea
            label={t('pages.footer')}
            description={t('pages.footer.hint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={500}
            dir="auto"
            value={value.footer}
            readOnly={readOnly}
            onChange={(event) => change({ footer: event.currentTarget.value })}
          />
          <TextInput
            label={t('pages.privacy')}
            description={t('pages.privacy.hint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            type="url"
            placeholder="https://"
            maxLength={500}
            value={value.privacy_url}
            readOnly={readOnly}
            error={errorAt('/theme/privacy_url')}
            onChange={(event) => change({ privacy_url: event.currentTarget.value })}
          />
        </div>
      </Panel>
    </div>
  );
}
