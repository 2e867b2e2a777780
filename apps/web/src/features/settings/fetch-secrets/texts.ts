/** Texts of the secrets that messages fetch content with. */
export const fetchSecretsTexts = {
  'fetchSecrets.title': 'Secrets for content of other servers',
  'fetchSecrets.detail':
    'A message that fetches content names such a secret in its fetch tag, and sends it along. It is stored encrypted, sent only to its server, and shown nowhere again.',
  'fetchSecrets.add': 'Add secret',
  'fetchSecrets.none': 'None yet.',
  'fetchSecrets.given': 'given {at}',
  'fetchSecrets.actions': 'More for {name}',
  'fetchSecrets.edit': 'Give another value',
  'fetchSecrets.copy': 'Copy the fetch tag',
  'fetchSecrets.copied': 'Fetch tag copied',
  'fetchSecrets.delete': 'Delete',
  'fetchSecrets.delete.title': 'Delete the secret “{name}”?',
  'fetchSecrets.delete.unused': 'No message fetches with it.',
  'fetchSecrets.delete.usedBy':
    'These messages fetch with it. They can be neither started nor published until they name another:',
  'fetchSecrets.delete.more': 'and {n, plural, one {# more} other {# more}}',
  'fetchSecrets.delete.detail':
    'It is erased here, not at the server. Messages that fetch with it no longer get their content, and do what they are set to do then.',
  'fetchSecrets.saved': 'Secret saved',
  'fetchSecrets.form.new': 'Add a secret',
  'fetchSecrets.form.edit': 'Change {name}',
  'fetchSecrets.form.name': 'Name',
  'fetchSecrets.form.name.hint': 'Messages name it so; it cannot be changed.',
  'fetchSecrets.form.origin': 'Server',
  'fetchSecrets.form.header': 'Header',
  'fetchSecrets.form.value': 'Value',
  'fetchSecrets.form.value.hint': 'The whole value of the header, such as Bearer 3f9a6c1e0b.',
} as const;
