export const privacyTexts = {
  'privacy.erase.title': 'Erase {name} for good?',
  'privacy.erase.what':
    'Everything about this person is removed within a minute: the card, {activity, plural, =0 {} one {its # activity,} other {its # activities,}} runs, messages, and every trace in lists, jobs and the audit. This cannot be undone.',
  'privacy.erase.kept':
    'That an address said no stays as a keyed hash, so that it is not written to again. If your app sends another event of this person, a new contact begins: stop sending first.',
  'privacy.erase.go': 'Erase',
  'privacy.erase.started': '{name} is being erased',
  'privacy.download.title': 'Everything about {name}',
  'privacy.download.what':
    'One JSON file with all that is known: the card, how the person is found, consents, lists, events, orders, messages. For a person who asks for it. The download is written into the audit.',
  'privacy.download.go': 'Download',
  'privacy.download.failed': 'The file could not be made. Nothing was handed out.',
  'privacy.erasures.detail':
    'People of whom nothing is kept. A certificate names nobody: only contact IDs, which are never used again.',
  'privacy.erasures.empty.title': 'Nobody was erased yet',
  'privacy.erasures.empty.detail':
    'Erase a person from the menu of their card, or delete one by the API with erase=true. The certificate appears here.',
  'privacy.erasures.contact': 'Contact',
  'privacy.erasures.requested': 'Asked for',
  'privacy.erasures.by': 'By',
  'privacy.erasures.erased': 'Erased',
  'privacy.erasures.rows': 'Rows removed',
  'privacy.erasures.waiting': 'Waiting',
  'privacy.certificate.title': 'Certificate of erasure {id}',
  'privacy.certificate.contacts': 'Contact IDs',
  'privacy.certificate.removed': 'Removed',
  'privacy.certificate.kept': 'What stays, and why',
  'privacy.certificate.download': 'Download certificate',
  'privacy.certificate.backups':
    'Renew the list beside your backups: perennial erasures > erasures.txt',
} as const;
