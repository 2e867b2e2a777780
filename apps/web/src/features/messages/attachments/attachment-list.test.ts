import { expect, test } from 'vitest';
import { filesOf, withFiles } from './attachment-list.ts';

test('files are written as the content has them, and back', () => {
  const files = [{ url: 'https://a.example/a.pdf', name: 'A.pdf' }, { url: '' }];
  const content = withFiles({ subject: 'S' }, files);
  expect(content).toEqual({ subject: 'S', attachments: files });
  expect(filesOf(content)).toEqual(files);
});

test('no files are no member, and no name is none', () => {
  expect(withFiles({ subject: 'S', attachments: [] }, [])).toEqual({ subject: 'S' });
  expect(withFiles({}, [{ url: 'x', name: '' }])).toEqual({ attachments: [{ url: 'x' }] });
  expect(filesOf({})).toEqual([]);
});
