import type { ChannelKey } from '@perennial/channels';

/**
 * What the pages of recipients say in one language. `{workspace}` stands for the name of whoever
 * writes to them.
 */
export interface PageTexts {
  direction: 'ltr' | 'rtl';
  invalid: { title: string; body: string };
  confirm: {
    title: string;
    /** What the person says yes to: it is kept word for word. */
    body: string;
    button: string;
  };
  confirmed: { title: string; body: string };
  /** The person said yes, but the company does not write there. */
  barred: { title: string; body: string };
  ask: {
    title: string;
    body: string;
    why: string;
    button: string;
    /** Leads to the topics. */
    topics: string;
  };
  done: {
    title: string;
    body: string;
    /** Kept word for word, too. */
    again: string;
  };
  preferences: {
    title: string;
    save: string;
    none: string;
    unsubscribe: string;
    unsubscribed: string;
    unconfirmed: string;
    /** Empty unless a workspace writes one. */
    intro: string;
    /** Above the channels. */
    channels: string;
    names: Record<OfferedChannelKey, string>;
    /** Why a channel cannot be chosen here. */
    locked: Record<ChannelLock, string>;
  };
  saved: { title: string; body: string };
  /** Silence for some days, `{length}`, until `{date}`. */
  pause: { offer: string; button: string; title: string; body: string };
  privacy: string;
  test: { title: string; body: string };
}

/** Channels that people choose by: those whose messages come to them, not those they come to. */
export type OfferedChannelKey = Exclude<ChannelKey, 'in_app' | 'app_inbox'>;

export type ChannelLock =
  | 'unconfirmed'
  /** The company does not write there. */
  | 'barred'
  /** The person refused there, by other means than these pages. */
  | 'elsewhere'
  /** The switch is on the device. */
  | 'device';
