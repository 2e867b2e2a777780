export const attachmentsTexts = {
  'attachments.label': 'Files',
  'attachments.add': 'Attach a file',
  'attachments.hint':
    'Fetched before the message leaves. https:// and the host are written out; variables may follow.',
  'attachments.most': 'There are {most} at most.',
  'attachments.url': 'Address of file {n}',
  'attachments.url.placeholder': 'https://files.example.com/invoices/…',
  'attachments.name': 'Name of file {n}',
  'attachments.name.placeholder': 'Name, if not that of the address',
  'attachments.remove': 'Remove file {n}',
  'attachments.preview': 'Files that go with it',
} as const;
