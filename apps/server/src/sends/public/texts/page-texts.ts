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
  };
  saved: { title: string; body: string };
  test: { title: string; body: string };
}
