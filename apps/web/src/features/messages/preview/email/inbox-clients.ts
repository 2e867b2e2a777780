/** A list of messages as a program shows it, in CSS pixels. */
export interface InboxClient {
  key: 'gmail_phone' | 'apple_phone' | 'gmail_desktop' | 'apple_desktop';
  device: 'phone' | 'desktop';
  /** Of the row. */
  width: number;
  /** What a line of text has of it. */
  lineWidth: number;
  fontSize: number;
  /** Where the preheader follows the subject on the same line. */
  oneLine: boolean;
  preheaderLines: number;
}

/** About as their usual settings are in 2026: estimates, as people change sizes of text and panes. */
export const inboxClients: readonly InboxClient[] = [
  {
    key: 'gmail_phone',
    device: 'phone',
    width: 375,
    lineWidth: 270,
    fontSize: 14,
    oneLine: false,
    preheaderLines: 1,
  },
  {
    key: 'apple_phone',
    device: 'phone',
    width: 375,
    lineWidth: 315,
    fontSize: 15,
    oneLine: false,
    preheaderLines: 2,
  },
  {
    key: 'gmail_desktop',
    device: 'desktop',
    width: 960,
    lineWidth: 680,
    fontSize: 14,
    oneLine: true,
    preheaderLines: 1,
  },
  {
    key: 'apple_desktop',
    device: 'desktop',
    width: 360,
    lineWidth: 310,
    fontSize: 13,
    oneLine: false,
    preheaderLines: 2,
  },
];
