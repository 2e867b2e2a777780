import { expect, test } from 'vitest';
import { frameHtml } from './frame-html.ts';

const page = `<!doctype html><html><head><style>
  @media (prefers-color-scheme: dark) { p { color: white } }
  @media ( prefers-color-scheme:light ) { p { color: black } }
</style></head><body><p>Hi</p></body></html>`;

test('a policy stands before everything that the message brings', () => {
  const framed = frameHtml(page, 'light');
  expect(framed).toMatch(/^<!doctype html><meta http-equiv="Content-Security-Policy" content="/);
  expect(framed).toContain("default-src 'none'");
});

test.each([
  ['<p>Hi</p>', /^<meta/],
  ['<!doctype html><p>Hi</p>', /^<!doctype html><meta/],
  ['<html lang="en"><body>', /^<meta/],
  ['<!-- <head> --><p>Hi</p>', /^<meta/],
  ['<html data-x="<head>"><p>Hi</p>', /^<meta/],
])('of %s, too', (html, start) => {
  expect(frameHtml(html, 'light')).toMatch(start);
});

test.each([
  ['light', '(max-width: 0) { p { color: white', '(min-width: 0) { p { color: black'],
  ['inverted', '(max-width: 0) { p { color: white', '(min-width: 0) { p { color: black'],
  ['dark', '(min-width: 0) { p { color: white', '(max-width: 0) { p { color: black'],
] as const)('%s decides which rules of the message hold', (scheme, dark, light) => {
  const framed = frameHtml(page, scheme);
  expect(framed).toContain(dark);
  expect(framed).toContain(light);
  expect(framed).not.toContain('prefers-color-scheme');
});

test('only programs that invert change the colours of the message', () => {
  expect(frameHtml(page, 'inverted')).toContain('invert(.9)');
  expect(frameHtml(page, 'dark')).not.toContain('invert');
});
