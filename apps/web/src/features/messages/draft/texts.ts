export const draftTexts = {
  'messages.draft.kept': 'You have changes from {at} that were not saved.',
  'messages.draft.restore': 'Restore them',
  'messages.draft.drop': 'Drop them',
  'messages.draft.outdated':
    'Somebody else saved a newer version of this message. Yours is not saved yet.',
  'messages.draft.compare': 'See what differs',
  'messages.draft.title': 'Somebody else saved a newer version',
  'messages.draft.by':
    '{name} saved version {version, number} while you were writing. Below is what your draft would change in it.',
  'messages.draft.somebody': 'Somebody',
  'messages.draft.same': 'The content of both is the same.',
  'messages.draft.later': 'Keep writing',
  'messages.draft.takeTheirs': 'Take theirs',
  'messages.draft.theirsTaken': 'Their version is in the editor now.',
  'messages.draft.saveMine': 'Save mine over it',
  'messages.draft.noRoom': 'Unsaved changes; this browser has no room to keep them',
} as const;
