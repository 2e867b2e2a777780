import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { uiTexts } from './texts.ts';
import { cssVariables, dark, darkChannels, light, lightChannels, type Tokens } from './tokens.ts';

const accent: MantineColorsTuple = [
  '#eef7f2',
  '#dceee5',
  '#b7dcc9',
  '#8dc9ab',
  '#63b58c',
  '#3f9f72',
  '#22906a',
  '#1c7d59',
  '#11694a',
  '#0d563c',
];

const gray: MantineColorsTuple = [
  '#f6f8f7',
  '#edf1ef',
  '#e4e9e6',
  '#ccd5d0',
  '#b0bbb5',
  '#8a9790',
  '#66746d',
  '#51605a',
  '#333f39',
  '#17211c',
];

const darkGray: MantineColorsTuple = [
  '#e4ebe7',
  '#c5cfca',
  '#a4b1ab',
  '#8c9a93',
  '#3c4742',
  '#29312d',
  '#222926',
  '#141917',
  '#0f1412',
  '#0a0e0c',
];

const red: MantineColorsTuple = [
  '#fdf2f0',
  '#fde9e6',
  '#f9cbc4',
  '#f4a89d',
  '#ee8275',
  '#e05a4b',
  '#cc3626',
  '#b42318',
  '#941c13',
  '#74150e',
];

const dimmed = { backgroundOpacity: 0.35 };
/** The cross has no words of its own. */
const closing = { 'aria-label': uiTexts['ui.close'] };

/** Mantine's theme: sizes on a 4 px grid, radius 8, text 12/13/14/16/20/28. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 7 },
  colors: { accent, gray, dark: darkGray, red },
  white: '#ffffff',
  black: '#17211c',
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, Menlo, Consolas, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
      h4: { fontSize: '13px', lineHeight: '20px' },
      h5: { fontSize: '12px', lineHeight: '16px' },
      h6: { fontSize: '12px', lineHeight: '16px' },
    },
  },
  shadows: {
    xs: 'none',
    sm: 'var(--p-shadow)',
    md: 'var(--p-shadow)',
    lg: 'var(--p-shadow)',
    xl: 'var(--p-shadow)',
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: {
      defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' }, checkIconPosition: 'right' },
    },
    MultiSelect: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    TagsInput: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    Checkbox: { defaultProps: { size: 'xs', radius: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'sm' } },
    SegmentedControl: { defaultProps: { size: 'xs', withItemsBorders: false } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end', offset: 4 } },
    Popover: { defaultProps: { shadow: 'md' } },
    Tooltip: { defaultProps: { openDelay: 300, fz: 12, maw: 320, multiline: true } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        padding: 'xl',
        overlayProps: dimmed,
        closeButtonProps: closing,
      },
    },
    Drawer: {
      defaultProps: { padding: 'xl', overlayProps: dimmed, closeButtonProps: closing },
    },
    Notification: { defaultProps: { closeButtonProps: closing } },
    Tabs: { defaultProps: { keepMounted: false } },
    Title: { defaultProps: { order: 2 } },
    Text: { defaultProps: { size: 'md' } },
    Anchor: { defaultProps: { underline: 'hover' } },
    Badge: { defaultProps: { radius: 'xs', variant: 'light' } },
    Kbd: { defaultProps: { size: 'xs' } },
  },
});

/** Feeds our colour roles into the variables Mantine's own styles read. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...cssVariables(light, lightChannels), ...mantineVariables(light) },
  dark: { ...cssVariables(dark, darkChannels), ...mantineVariables(dark) },
});

function mantineVariables(tokens: Tokens): Record<string, string> {
  return {
    '--mantine-color-body': tokens.canvas,
    '--mantine-color-text': tokens.text,
    '--mantine-color-dimmed': tokens.textMuted,
    '--mantine-color-placeholder': tokens.textFaint,
    '--mantine-color-anchor': tokens.accentText,
    '--mantine-color-error': tokens.danger,
    '--mantine-color-default': tokens.raised,
    '--mantine-color-default-hover': tokens.hover,
    '--mantine-color-default-color': tokens.text,
    '--mantine-color-default-border': tokens.lineStrong,
    '--mantine-color-disabled': tokens.disabled,
    '--mantine-color-disabled-color': tokens.disabledText,
    '--mantine-color-disabled-border': tokens.disabledLine,
    '--mantine-color-accent-filled': tokens.accentFill,
    '--mantine-color-accent-filled-hover': tokens.accentFillHover,
    '--mantine-color-accent-light': tokens.accentSoft,
    '--mantine-color-accent-light-hover': tokens.accentSoft,
    '--mantine-color-accent-light-color': tokens.accentText,
    '--mantine-color-accent-outline': tokens.accent,
    '--mantine-color-gray-light-color': tokens.textMuted,
    '--mantine-color-red-light': tokens.dangerSoft,
    '--mantine-color-red-light-color': tokens.danger,
    '--mantine-color-yellow-light': tokens.warningSoft,
    '--mantine-color-yellow-light-color': tokens.warning,
    '--mantine-color-gray-light': tokens.neutralSoft,
    '--mantine-color-red-outline': tokens.danger,
  };
}
