import { expect, test } from 'vitest';
import { readUserAgent } from './user-agent.ts';

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0';

test.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
    { category: 'Mobile', osType: 'iOS', osVersion: '17.4', model: 'iPhone' },
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 16_5 like Mac OS X) AppleWebKit/605.1.15 Version/16.5 Mobile/15E148 Safari/604.1',
    { category: 'Tablet', osType: 'iOS', osVersion: '16.5', model: 'iPad' },
  ],
  // Chrome tells no more of a phone than this.
  [
    `Mozilla/5.0 (Linux; Android 10; K) ${chrome} Mobile Safari/537.36`,
    { category: 'Mobile', osType: 'Android', osVersion: '10' },
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`,
    { category: 'Desktop', osType: 'Windows', osVersion: '10' },
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0',
    { category: 'Desktop', osType: 'Linux' },
  ],
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', {}],
  ['axios/1.7.2', {}],
  ['Mozilla/'.padEnd(100_000, 'x'), {}],
  ['', {}],
  [undefined, {}],
])('%.60s is told as %j', (text, facts) => {
  expect(readUserAgent(text)).toEqual(facts);
});
