import type { PageTexts } from './page-texts.ts';

export const en: PageTexts = {
  direction: 'ltr',
  invalid: {
    title: 'This link does not work',
    body: 'It may have been cut off, or the message it came from is gone.',
  },
  confirm: {
    title: 'Confirm your subscription',
    body: 'Yes, this address is mine, and I want to get messages from {workspace} here.',
    button: 'Confirm',
  },
  confirmed: {
    title: 'You are subscribed',
    body: 'Messages come to this address. Each has a link by which you can unsubscribe.',
  },
  barred: {
    title: 'Your answer is kept',
    body: '{workspace} does not write to this address at present.',
  },
  ask: {
    title: 'Unsubscribe',
    body: 'Do you no longer want to get messages from {workspace} at this address?',
    why: 'Why do you leave? You need not say.',
    button: 'Unsubscribe',
    topics: 'Choose what to hear about instead',
  },
  done: {
    title: 'You are unsubscribed',
    body: 'Nothing comes to this address any more but what you ask for, such as receipts.',
    again: 'Subscribe again',
  },
  preferences: {
    title: 'What do you want to hear about?',
    save: 'Save',
    none: 'Or none of it:',
    unsubscribe: 'Unsubscribe this address',
    unsubscribed:
      'This address is unsubscribed: none of this comes here until you subscribe again.',
    unconfirmed: 'This address is not confirmed yet: none of this comes here until you confirm it.',
    intro: '',
    channels: 'Where may we write to you?',
    names: {
      email: 'Email',
      sms: 'Text messages',
      mobile_push: 'Notifications on your phone',
      web_push: 'Notifications in your browser',
      viber: 'Viber',
      telegram: 'Telegram',
    },
    locked: {
      unconfirmed: 'Not confirmed yet: look for our message there.',
      barred: 'We do not write there at present.',
      elsewhere: 'You said no there, so only there can you say yes again.',
      device: 'Switched off in the settings of your device.',
    },
  },
  saved: {
    title: 'Saved',
    body: 'You will hear about what you chose, and not about the rest.',
  },
  pause: {
    offer: 'Or take a break:',
    button: 'Nothing for {length}',
    title: 'A break, then',
    body: 'Nothing comes to this address until {date} but what you ask for.',
  },
  privacy: 'Privacy policy',
  test: { title: 'This was a test message', body: 'Nothing was changed.' },
};
