import type { PageTexts } from './page-texts.ts';

export const de: PageTexts = {
  direction: 'ltr',
  invalid: {
    title: 'Dieser Link funktioniert nicht',
    body: 'Vielleicht wurde er abgeschnitten, oder die Nachricht dazu gibt es nicht mehr.',
  },
  confirm: {
    title: 'Anmeldung bestätigen',
    body: 'Ja, diese Adresse gehört mir, und ich möchte hier Nachrichten von {workspace} erhalten.',
    button: 'Bestätigen',
  },
  confirmed: {
    title: 'Sie sind angemeldet',
    body: 'Nachrichten kommen an diese Adresse. Jede enthält einen Link zum Abmelden.',
  },
  barred: {
    title: 'Ihre Antwort ist gespeichert',
    body: '{workspace} schreibt derzeit nicht an diese Adresse.',
  },
  ask: {
    title: 'Abmelden',
    body: 'Möchten Sie an dieser Adresse keine Nachrichten von {workspace} mehr erhalten?',
    why: 'Warum melden Sie sich ab? Die Antwort ist freiwillig.',
    button: 'Abmelden',
    topics: 'Stattdessen Themen auswählen',
  },
  done: {
    title: 'Sie sind abgemeldet',
    body: 'An diese Adresse kommt nur noch, was Sie selbst anfordern, etwa Belege.',
    again: 'Wieder anmelden',
  },
  preferences: {
    title: 'Worüber möchten Sie etwas hören?',
    save: 'Speichern',
    none: 'Oder über nichts davon:',
    unsubscribe: 'Diese Adresse abmelden',
    unsubscribed:
      'Diese Adresse ist abgemeldet: Nichts davon kommt hierher, bis Sie sich wieder anmelden.',
    unconfirmed:
      'Diese Adresse ist noch nicht bestätigt: Nichts davon kommt hierher, bis Sie sie bestätigen.',
    intro: '',
    channels: 'Wo dürfen wir Ihnen schreiben?',
    names: {
      email: 'E-Mail',
      sms: 'SMS',
      mobile_push: 'Mitteilungen auf dem Telefon',
      web_push: 'Mitteilungen im Browser',
      viber: 'Viber',
      telegram: 'Telegram',
    },
    locked: {
      unconfirmed: 'Noch nicht bestätigt: Suchen Sie dort unsere Nachricht.',
      barred: 'Dorthin schreiben wir derzeit nicht.',
      elsewhere: 'Sie haben dort abgelehnt und können nur dort wieder zustimmen.',
      device: 'In den Einstellungen Ihres Geräts ausgeschaltet.',
    },
  },
  saved: {
    title: 'Gespeichert',
    body: 'Sie hören von dem, was Sie gewählt haben, und nicht vom Übrigen.',
  },
  pause: {
    offer: 'Oder eine Pause:',
    button: 'Nichts für {length}',
    title: 'Also eine Pause',
    body: 'Bis zum {date} kommt an diese Adresse nur, was Sie selbst anfordern.',
  },
  privacy: 'Datenschutz',
  test: { title: 'Das war eine Testnachricht', body: 'Es wurde nichts geändert.' },
};
