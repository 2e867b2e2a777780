export const personalisationTexts = {
  'messages.personalisation.title': 'Missing values',
  'messages.personalisation.usual': 'Left empty',
  'messages.personalisation.onMissing': 'A variable that somebody does not have',
  'messages.personalisation.onMissing.hint':
    'Where the message writes it and nothing stands in. Conditions such as if never count.',
  'messages.personalisation.onMissing.empty': 'Leave it empty',
  'messages.personalisation.onMissing.dont_send': 'Do not send them the message',
  'messages.personalisation.onMissing.dont_send.short': 'Not sent if one is missing',
  'messages.personalisation.onFetch': 'Content that cannot be fetched',
  'messages.personalisation.onFetch.hint': 'By a fetch tag, from another server.',
  'messages.personalisation.onFetch.retry': 'Try again later',
  'messages.personalisation.onFetch.empty': 'Send the message without it',
  'messages.personalisation.onFetch.dont_send': 'Do not send the message',
  'messages.personalisation.fallbacks': 'Fallbacks in {language}',
  'messages.personalisation.fallbacks.hint':
    'What stands in wherever the message writes a variable without a default of its own.',
  'messages.personalisation.fallbacks.count':
    '{count, plural, one {# fallback} other {# fallbacks}}',
  'messages.personalisation.fallbacks.text': 'Fallback of {variable}',
  'messages.personalisation.fallbacks.inherits': '{text} (from {language})',
  'messages.personalisation.fallbacks.needed': 'Needs a text in the default language, {language}.',
  'messages.personalisation.fallbacks.add': 'Add a fallback for',
  'messages.personalisation.fallbacks.addButton': 'Add',
  'messages.personalisation.fallbacks.placeholder': 'contact.first_name',
  'messages.personalisation.fallbacks.remove': 'Remove the fallback of {variable}',
  'messages.personalisation.preview.missing': 'This contact would not get the message',
  'messages.personalisation.preview.fetch': 'The content could not be fetched',
} as const;
