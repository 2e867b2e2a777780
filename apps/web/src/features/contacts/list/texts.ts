/** Texts of All contacts and of what is done with many of them. */
export const contactListTexts = {
  'contacts.state.deleted': 'deleted',
  'contacts.filter.add': 'Add filter',
  'contacts.filter.nothing': 'There is none yet',
  'contacts.filter.apply': 'Apply',
  'contacts.filter.remove': 'Remove the filter “{condition}”',
  'contacts.filter.group.contact': 'Contact',
  'contacts.filter.group.system': 'Personal data',
  'contacts.filter.group.custom': 'Custom fields',
  'contacts.filter.list': 'List or segment',
  'contacts.filter.email': 'Email status',
  'contacts.filter.sms': 'SMS status',
  'contacts.filter.push': 'Mobile push status',
  'contacts.filter.category': 'Subscription category',
  'contacts.noMatch.filter': 'No contact matches these filters',
  'contacts.noMatch.filterDetail': 'Remove one of them, or change what it asks for.',
  'contacts.noMatch.clear': 'Remove all filters',
  'contacts.noDeleted.title': 'No contact is deleted',
  'contacts.noDeleted.detail':
    'Deleted contacts are kept here with everything known of them, until somebody restores them.',
  'contacts.more': 'More',
  'contacts.export': 'Export all that match',
  'contacts.duplicates': 'Duplicates',
  'contacts.duplicates.detail':
    'Contacts that share an email or a phone. What differs between them is marked.',
  'contacts.duplicates.email': 'Same email',
  'contacts.duplicates.phone': 'Same phone',
  'contacts.duplicates.none': '{by, select, phone {No phone is shared} other {No email is shared}}',
  'contacts.duplicates.noneDetail': 'Each address belongs to one contact.',
  'contacts.duplicates.more': 'Show more',
  'contacts.duplicates.keep': 'Merge into this one',
  'contacts.duplicates.title': 'Merge into {name}',
  'contacts.duplicates.sure':
    '{count, plural, one {The other contact becomes} other {The other contacts become, one after the other,}} contact {id}. Their IDs and external IDs lead there from now on. For each value the one set later is kept. You can undo this.',
  'contacts.duplicates.onePerson':
    'They have different external IDs ({ids}), and yet are one person',
  'contacts.duplicates.go': 'Merge {count} contacts',
  'contacts.duplicates.merged':
    '{count, plural, one {# contact was} other {# contacts were}} merged into {id}',
  'contacts.duplicates.mergeAll': 'Merge all',
  'contacts.duplicates.mergeGo': 'Start merging',
  'contacts.duplicates.who': 'Who stays in each group',
  'contacts.duplicates.keep.external_id':
    'The one with an external ID; groups without one are left alone',
  'contacts.duplicates.keep.oldest': 'The one with an external ID, else the oldest',
  'contacts.duplicates.keep.newest': 'The one with an external ID, else the newest',
  'contacts.duplicates.ruleHint':
    'Groups in which several have an external ID are left alone and listed, for you to decide. Each merge can be undone on the card.',
  'contacts.duplicates.open': 'Open contact {id}',
  'contacts.bulk.all':
    'Select all {exact, select, yes {{count, number}} other {about {count, number}}} that match',
  'contacts.bulk.change': 'Change',
  'contacts.bulk.export': 'Export',
  'contacts.bulk.delete': 'Delete',
  'contacts.bulk.restore': 'Restore',
  'contacts.bulk.add_to_list': 'Add to a list',
  'contacts.bulk.remove_from_list': 'Remove from a list',
  'contacts.bulk.set_field': 'Set a field',
  'contacts.bulk.add_category': 'Subscribe to a category',
  'contacts.bulk.remove_category': 'Unsubscribe from a category',
  'contacts.bulk.unsubscribe': 'Unsubscribe from a channel',
  'contacts.bulk.target.list': 'List',
  'contacts.bulk.target.field': 'Field',
  'contacts.bulk.target.category': 'Category',
  'contacts.bulk.target.channel': 'Channel',
  'contacts.bulk.value': 'New value',
  'contacts.bulk.emptied': 'Without a value the field is emptied.',
  'contacts.bulk.unsubscribeHint':
    'Their addresses get nothing more on this channel. For three days it can be undone under Work in progress, but for addresses that somebody else unsubscribed as well. After that only the person can take it back.',
  'contacts.bulk.undoHint':
    'It can be undone for three days under Work in progress, for contacts on whom it was not changed again.',
  'contacts.bulk.listHint': 'It can be undone for three days under Work in progress.',
  'contacts.bulk.categoryHint':
    'Say yes only for people who did. It is recorded with your name on each card.',
  'contacts.bulk.deleteHint':
    '{exact, select, yes {{count, plural, one {# contact is} other {# contacts are}}} other {About {count, number} contacts are}} deleted: in no list, segment or count, sent nothing, their runs end. For three days this can be undone under Work in progress, and each contact can be restored later.',
  'contacts.bulk.go.add_to_list':
    'Add {exact, select, yes {} other {about }}{count, plural, one {# contact} other {# contacts}}',
  'contacts.bulk.go.remove_from_list':
    'Remove {exact, select, yes {} other {about }}{count, plural, one {# contact} other {# contacts}}',
  'contacts.bulk.go.set_field':
    'Change {exact, select, yes {} other {about }}{count, plural, one {# contact} other {# contacts}}',
  'contacts.bulk.go.add_category':
    'Subscribe {exact, select, yes {} other {about }}{count, plural, one {# contact} other {# contacts}}',
  'contacts.bulk.go.remove_category':
    'Unsubscribe {exact, select, yes {} other {about }}{count, plural, one {# contact} other {# contacts}}',
  'contacts.bulk.go.unsubscribe':
    'Unsubscribe {exact, select, yes {} other {about }}{count, plural, one {# contact} other {# contacts}}',
  'contacts.bulk.go.delete':
    'Delete {exact, select, yes {} other {about }}{count, plural, one {# contact} other {# contacts}}',
  'contacts.export.title':
    'Export {exact, select, yes {} other {about }}{count, plural, one {# contact} other {# contacts}} to a CSV file',
  'contacts.export.titleAll': 'Export all that match to a CSV file',
  'contacts.export.group.contact': 'Contact',
  'contacts.export.categories': 'Subscription categories',
  'contacts.export.columns': '{count, plural, one {# column} other {# columns}}',
  'contacts.export.all': 'All columns',
  'contacts.export.usual': 'Usual columns',
  'contacts.export.separator': 'Separator',
  'contacts.export.comma': 'Comma',
  'contacts.export.semicolon': 'Semicolon',
  'contacts.export.hint':
    'The file is made in the background and kept for three days under Work in progress.',
  'contacts.export.go': 'Start export',
  'contacts.views': 'Views',
  'contacts.views.none': 'No view is saved yet',
  'contacts.views.save': 'Save this view',
  'contacts.views.name': 'Name',
  'contacts.views.share': 'Everybody in the workspace sees it',
  'contacts.views.go': 'Save view',
  'contacts.views.delete': 'Delete the view {name}',
  'contacts.views.deleted': 'The view “{name}” was deleted',
  'contacts.deleted.banner':
    'This contact was deleted {at}. It is in no list, segment or count, is sent nothing, and its runs ended. Its identifiers stay reserved; identifying it again brings it back.',
  'contacts.deleted.restore': 'Restore',
} as const;
