import { TextInput } from '@mantine/core';
import { readableOn, type PageColours } from '@perennial/contracts';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import { contrastIn, isColour } from './pages-draft.ts';
import classes from './RecipientPages.module.css';

const NAMES = ['background', 'text', 'accent'] as const;
type Name = (typeof NAMES)[number];

interface ColourFieldsProps {
  title: string;
  value: PageColours;
  readOnly: boolean;
  onChange: (value: PageColours) => void;
}

/** Three colours, and whether people can read what is written in them. */
export function ColourFields({ title, value, readOnly, onChange }: ColourFieldsProps) {
  return (
    <fieldset className={classes.colours}>
      <legend className={classes.legend}>{title}</legend>
      {NAMES.map((name) => (
        <ColourField
          key={name}
          name={name}
          value={value}
          readOnly={readOnly}
          onChange={(colour) => onChange({ ...value, [name]: colour })}
        />
      ))}
    </fieldset>
  );
}

interface ColourFieldProps {
  name: Name;
  value: PageColours;
  readOnly: boolean;
  onChange: (colour: string) => void;
}

function ColourField({ name, value, readOnly, onChange }: ColourFieldProps) {
  const t = useText();
  const colour = value[name];
  const label = t(`pages.colours.${name}`);
  return (
    <div>
      <TextInput
        label={label}
        value={colour}
        readOnly={readOnly}
        maxLength={7}
        spellCheck={false}
        classNames={{ input: classes.code ?? '' }}
        error={isColour(colour) ? null : t('pages.colours.invalid')}
        leftSection={
          <input
            type="color"
            className={classes.swatch}
            aria-label={t('pages.colours.pick', { name: label })}
            value={isColour(colour) ? colour : '#000000'}
            disabled={readOnly}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        }
        onChange={(event) => onChange(event.currentTarget.value.trim())}
      />
      {name === 'background' ? (
        <Sample value={value} />
      ) : (
        <ContrastNote name={name} value={value} />
      )}
    </div>
  );
}

/** How the three look together. */
function Sample({ value }: { value: PageColours }) {
  const t = useText();
  const { background, text, accent } = value;
  if (![background, text, accent].every(isColour)) return null;
  return (
    <div className={classes.sample} style={{ background, color: text }} aria-hidden>
      Aa
      <span style={{ background: accent, color: readableOn(accent) }}>
        {t('pages.colours.button')}
      </span>
    </div>
  );
}

function ContrastNote({ name, value }: { name: 'text' | 'accent'; value: PageColours }) {
  const t = useText();
  const contrast = contrastIn(value, name);
  if (!contrast) return null;
  const { ratio, least, isEnough } = contrast;
  return (
    <div className={classes.contrast} data-low={!isEnough || undefined}>
      {isEnough ? <IconCheck size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}
      {t(`pages.colours.${isEnough ? 'enough' : 'low'}`, { ratio, least })}
    </div>
  );
}
