/** Texts of the forms of starts, stops and limits. */
export const startFormsTexts = {
  'startForms.event.hint': 'Starts for the contact who did it, the moment it arrives.',
  'startForms.segment.hint': 'Starts for members, as they enter or at regular times.',
  'startForms.event_segment.hint':
    'The event may be nobody’s, as when a price falls. It starts for every contact that is in the segment by its values.',
  'startForms.field_change.hint': 'Starts when a field of a contact gets another value.',
  'startForms.date.hint': 'Starts on a date that a field holds, or so long before or after it.',
  'startForms.manual.hint':
    'Starts only when somebody, another system or another workflow says so, for a contact or a segment.',
  'startForms.manual.params':
    'Values may be given along; blocks take them from the event, by their names.',
  'startForms.unique': 'How often for the same thing',
  'startForms.unique.hint':
    'The same contact and the same key, such as one order. Without a key, the same contact.',
  'startForms.unique.always': 'Every time',
  'startForms.unique.once': 'Once ever',
  'startForms.unique.within': 'At most once within a time',
  'startForms.within': 'Not again within',
  'startForms.key': 'Key of the run',
  'startForms.key.hint':
    'A parameter that says what the run is about, such as order_id. Stops and waits can ask for the same one.',
  'startForms.key.none': 'The event’s own key',
  'startForms.maxAge': 'Not for events older than',
  'startForms.maxAge.hint': 'An event that arrives later counts in segments, and starts nothing.',
  'startForms.mode.entry': 'As they enter',
  'startForms.mode.regular': 'At regular times',
  'startForms.days.hint': 'None chosen: on every day',
  'startForms.schedule.from': 'First day',
  'startForms.schedule.to': 'Ends before',
  'startForms.change.any': 'Any value',
  'startForms.change.empty': 'No value',
  'startForms.change.value': 'This value',
  'startForms.anniversary.hint': 'As of a birthday. Otherwise once, when the date comes.',
  'startForms.counting': 'Counting …',
  'startForms.audience.did':
    '{count, plural, =0 {In the last 7 days nobody did this.} one {In the last 7 days # contact did this.} other {In the last 7 days # contacts did this.}}',
  'startForms.audience.members':
    '{count, plural, =0 {It has no members now.} one {# member now.} other {# members now.}}',
  'startForms.audience.due':
    '{count, plural, =0 {Nobody’s turn comes in the next 7 days.} one {# contact’s turn comes in the next 7 days.} other {The turn of # contacts comes in the next 7 days.}}',
  'startForms.entered':
    '{count, plural, =0 {Nobody entered it in the last 7 days.} one {# contact entered it in the last 7 days.} other {# contacts entered it in the last 7 days.}}',
  'startForms.happened':
    '{count, plural, =0 {It has not happened in the last 7 days.} one {It happened once in the last 7 days.} other {It happened # times in the last 7 days.}}',
  'startForms.changed':
    '{contacts, plural, =0 {Nobody’s change would have started it in the last 7 days.} one {The change of # contact would have started it in the last 7 days.} other {Changes of # contacts would have started it in the last 7 days.}}{times, plural, =0 {} other { # times in all: some changed more than once.}}',
  'startForms.changed.since': 'Only changes since {at} were looked at: there were very many.',
  'startForms.never': 'It never comes any more.',
  'startForms.next': 'The next times, in {zone}:',
  'startForms.next.contact': 'The next times, by each contact’s own clock:',
  'startForms.stops.hint':
    'A stop ends the run at once, wherever it stands; what has not been handed over is not sent.',
  'startForms.stops.add': 'Add a stop',
  'startForms.stops.remove': 'Remove this stop',
  'startForms.stop.event': 'The contact does something',
  'startForms.stop.segment': 'The contact enters a segment',
  'startForms.stop.order': 'The contact orders something',
  'startForms.stop.sameKey.hint': 'Ends only the runs that are about the same thing.',
  'startForms.stop.segment.hint': 'Members do not start, either.',
  'startForms.lookback': 'Prevents starts, too',
  'startForms.lookback.hint': 'Who did it shortly before does not start.',
  'startForms.lookback.span': 'How long before',
  'startForms.reentry': 'How often somebody may pass',
  'startForms.reentry.hint': 'Whatever the run is about. Counted from the start of the run before.',
  'startForms.reentry.always': 'As often as it starts',
  'startForms.reentry.once': 'Once ever',
  'startForms.reentry.within': 'At most once within a time',
  'startForms.atATime': 'Runs at a time',
  'startForms.atATime.key': 'One for each key',
  'startForms.atATime.key.hint': 'A second order starts a second run; the same order does not.',
  'startForms.atATime.contact': 'One for each contact',
  'startForms.atATime.contact.hint': 'Nobody is in this workflow twice at once.',
  'startForms.atATime.any': 'Any number',
  'startForms.atATime.any.hint': 'Every start begins a run of its own.',
  'startForms.sendHours': 'When messages leave',
  'startForms.sendHours.hint':
    'For blocks that say nothing of it themselves. Until then the run waits.',
  'startForms.sendHours.message': 'As each message says',
  'startForms.sendHours.workspace': 'In the workspace’s send hours',
  'startForms.sendHours.any': 'At any hour',
  'startForms.sendHours.own': 'In hours of this workflow',
} as const;
