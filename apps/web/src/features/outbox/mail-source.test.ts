import { expect, test } from 'vitest';
import { forViewing, readHeaders } from './mail-source.ts';

test('headers keep their order and folded lines are joined', () => {
  const source = 'From: Fit <a@b.c>\r\nSubject: A long\r\n subject\r\n\r\nBody: not a header';
  expect(readHeaders(source)).toEqual([
    { name: 'From', value: 'Fit <a@b.c>' },
    { name: 'Subject', value: 'A long subject' },
  ]);
});

test('looking at a message does not load its open pixel, and keeps other pictures', () => {
  const html = '<p>Hi</p><img src="https://x/o/abc.gif" width="1"><img src="https://x/logo.png">';
  expect(forViewing(html)).not.toContain('/o/');
  expect(forViewing(html)).toContain('logo.png');
});

test('links lead into a new tab', () => {
  expect(forViewing('<html><head><title>x</title></head><body></body></html>')).toContain(
    '<head><base target="_blank">',
  );
  expect(forViewing('<p>x</p>')).toBe('<base target="_blank"><p>x</p>');
});
