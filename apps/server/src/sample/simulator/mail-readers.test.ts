import { expect, test } from 'vitest';
import { pathsIn } from './mail-readers.ts';

const HTML = `<a href="https://m.stride.test/r/abc">Go</a> <a href="https://elsewhere.test/r/x">Away</a>
  <a href="https://m.stride.test/u/no">Unsubscribe</a> <a href="https://m.stride.test.evil/r/y">Evil</a>
  <img src="https://m.stride.test/o/px.gif" />`;

test('only our own tracked links and pixel are followed', () => {
  expect(pathsIn(HTML, 'https://m.stride.test')).toEqual({ pixel: '/o/px.gif', links: ['/r/abc'] });
});
