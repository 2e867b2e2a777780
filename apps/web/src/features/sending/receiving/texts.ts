/** Texts of the pace of receiving domains. */
export const receivingTexts = {
  'receiving.title': 'Pace of receiving domains',
  'receiving.detail':
    'How fast email of every kind goes to a domain by SMTP. Others do not wait for it. A domain that answers “too fast” is slowed by itself and gets faster again slowly.',
  'receiving.none': 'No limits: every domain gets its mail as fast as it takes it.',
  'receiving.domains': 'Domains',
  'receiving.domains.hint': 'Several share the limit, such as gmail.com, googlemail.com.',
  'receiving.rate': 'A second',
  'receiving.connections': 'At once',
  'receiving.any': 'any',
  'receiving.add': 'Add limit',
  'receiving.remove': 'Remove the limit of {domains}',
  'receiving.save': 'Save limits',
  'receiving.saved': 'Limits saved',
  'receiving.slowed': 'Slowed now',
  'receiving.slowed.rate': '{domain}: {rate, number, ::.00} a second',
} as const;
