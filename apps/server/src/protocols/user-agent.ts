import Bowser from 'bowser';
import type { DeviceFacts } from '../inbox/index.ts';

/** Browsers' own are shorter; what is longer is no help and costs time. */
const LONGEST = 512;

/** Browsers of one site say the same few thousand things again and again. */
const MOST_REMEMBERED = 5000;

export type BrowserFacts = Pick<DeviceFacts, 'category' | 'osType' | 'osVersion' | 'model'>;

const CATEGORIES: Record<string, string> = {
  mobile: 'Mobile',
  tablet: 'Tablet',
  desktop: 'Desktop',
};

const remembered = new Map<string, BrowserFacts>();

/** The device behind a browser's user agent; nothing for what is no browser. */
export function readUserAgent(text: string | undefined): BrowserFacts {
  // Every browser calls itself Mozilla; servers' and tools' clients do not.
  if (!text?.startsWith('Mozilla/') || text.length > LONGEST) return {};
  const known = remembered.get(text);
  if (known) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const facts = parse(text);
  remembered.set(text, facts);
  return facts;
}

function parse(text: string): BrowserFacts {
  const { os, platform } = Bowser.parse(text);
  const category = CATEGORIES[platform.type ?? ''];
  // A robot, a television: what it runs on says nothing about a person's device.
  if (category === undefined) return {};
  // Windows calls its versions "NT 10.0".
  const version = os.name === 'Windows' ? os.versionName : os.version;
  return {
    category,
    ...(os.name && { osType: os.name }),
    ...(version && { osVersion: version }),
    ...(platform.model && { model: platform.model }),
  };
}
