/**
 * Colours of both themes by role. Components use the CSS variables made from these
 * (`--p-` and the name in kebab-case), never a raw colour.
 *
 * Neutrals carry a hint of the accent's green so that greys and accent belong together.
 * `tokens.test.ts` holds the contrast that WCAG 2.2 AA asks of each text role.
 */
export interface Tokens {
  /** Page background. */
  canvas: string;
  /** Navigation, table heads, wells. */
  sunken: string;
  /** Cards and panels on the canvas. */
  raised: string;
  /** Menus, dialogs, tooltips that float. */
  floating: string;
  line: string;
  lineStrong: string;
  hover: string;
  selected: string;
  text: string;
  textMuted: string;
  textFaint: string;
  accent: string;
  accentText: string;
  accentSoft: string;
  /** Filled buttons; `onAccent` is written on it. */
  accentFill: string;
  accentFillHover: string;
  onAccent: string;
  /** What cannot be used now: seen and read, and plainly not a button. */
  disabled: string;
  disabledLine: string;
  disabledText: string;
  success: string;
  successSoft: string;
  warning: string;
  warningSoft: string;
  danger: string;
  dangerSoft: string;
  info: string;
  infoSoft: string;
  neutral: string;
  neutralSoft: string;
  shadow: string;
}

export const light: Tokens = {
  canvas: '#ffffff',
  sunken: '#f6f8f7',
  raised: '#ffffff',
  floating: '#ffffff',
  line: '#e4e9e6',
  lineStrong: '#ccd5d0',
  hover: '#f3f6f4',
  selected: '#e9f3ee',
  text: '#17211c',
  textMuted: '#51605a',
  textFaint: '#66746d',
  accent: '#11694a',
  accentText: '#0f5f43',
  accentSoft: '#e2f1e9',
  accentFill: '#11694a',
  accentFillHover: '#0d563c',
  onAccent: '#ffffff',
  disabled: '#eff3f1',
  disabledLine: '#ccd5d0',
  disabledText: '#5f6d66',
  success: '#1a6b33',
  successSoft: '#e0f3e4',
  warning: '#855000',
  warningSoft: '#fcf0d6',
  danger: '#b42318',
  dangerSoft: '#fde9e6',
  info: '#1f5b9e',
  infoSoft: '#e4eefa',
  neutral: '#51605a',
  neutralSoft: '#edf1ef',
  shadow: '0 1px 2px rgb(16 40 29 / 6%), 0 8px 24px rgb(16 40 29 / 12%)',
};

export const dark: Tokens = {
  canvas: '#141917',
  sunken: '#0f1412',
  raised: '#1a201d',
  floating: '#222926',
  line: '#29312d',
  lineStrong: '#3c4742',
  hover: '#1d2421',
  selected: '#1a2e26',
  text: '#e4ebe7',
  textMuted: '#a4b1ab',
  textFaint: '#8c9a93',
  accent: '#57bf92',
  accentText: '#6fcfa4',
  accentSoft: '#173528',
  accentFill: '#1c7d59',
  accentFillHover: '#22906a',
  onAccent: '#ffffff',
  disabled: '#1f2622',
  disabledLine: '#3c4742',
  disabledText: '#8c9a93',
  success: '#6cc983',
  successSoft: '#18341f',
  warning: '#e6b455',
  warningSoft: '#3a2c10',
  danger: '#f2897d',
  dangerSoft: '#42201c',
  info: '#84b6ee',
  infoSoft: '#1a2f47',
  neutral: '#a4b1ab',
  neutralSoft: '#262e2a',
  shadow: '0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 48%)',
};

/** One colour a channel, the same in builder, timeline and charts. */
export interface ChannelTokens {
  email: string;
  mobilePush: string;
  webPush: string;
  sms: string;
  viber: string;
  telegram: string;
  appInbox: string;
  inApp: string;
  webhook: string;
  widget: string;
}

export const lightChannels: ChannelTokens = {
  email: '#2563a8',
  mobilePush: '#b4431f',
  webPush: '#8f5b00',
  sms: '#2f7d32',
  viber: '#6b4bb8',
  telegram: '#0a7893',
  appInbox: '#a3356f',
  inApp: '#914a9e',
  webhook: '#55635d',
  widget: '#3f6d7a',
};

export const darkChannels: ChannelTokens = {
  email: '#7fb2ec',
  mobilePush: '#f0936f',
  webPush: '#e0b45c',
  sms: '#82cc86',
  viber: '#b39ef0',
  telegram: '#5fc4dd',
  appInbox: '#ee8fbf',
  inApp: '#d596e0',
  webhook: '#a7b4ae',
  widget: '#8fbccb',
};

/** CSS variables of a theme: `--p-text-muted`, `--p-channel-email`, ... */
export function cssVariables(tokens: Tokens, channels: ChannelTokens): Record<string, string> {
  const entries: [string, string][] = [
    ...Object.entries(tokens).map(([name, value]): [string, string] => [
      `--p-${kebab(name)}`,
      value,
    ]),
    ...Object.entries(channels).map(([name, value]): [string, string] => [
      `--p-channel-${kebab(name)}`,
      value,
    ]),
  ];
  return Object.fromEntries(entries);
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
