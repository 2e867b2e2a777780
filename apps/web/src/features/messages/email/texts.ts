export const emailTexts = {
  'messages.part.label': 'Part of the message',
  'messages.part.envelope': 'Subject and settings',
  'messages.status.size': '{size, number} of {most, number} KB',
  'messages.status.size.hint':
    'The HTML before links are tracked. Gmail cuts off a message behind 102 KB.',
  'messages.status.problems':
    '{count, plural, =0 {No problems} one {# problem} other {# problems}}',
  'messages.code.problems': 'What is wrong',
  'messages.code.error': 'Error',
  'messages.code.warning': 'Warning',
  'messages.code.line': 'Line {line, number}',
  'messages.code.format': 'Format',
  'messages.code.format.hint': 'Set out the code line by line: Shift + Alt + F',
  'messages.code.find': 'Find and replace: Ctrl or ⌘ + F',
  'messages.code.noFormat': 'The code cannot be formatted: {reason}',
  'messages.body.textMade': 'Made from the HTML, for programs that show no HTML.',
  'messages.body.textByHand': 'Written by hand: it stays as it is when the HTML changes.',
  'messages.body.takeOver': 'Take it over and edit',
  'messages.body.makeAgain': 'Make it from the HTML again',
} as const;
