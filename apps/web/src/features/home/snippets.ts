export type SnippetKind = 'curl' | 'node' | 'browser';

interface Place {
  /** Where this installation answers. */
  origin: string;
  writeKey: string;
}

/** Code that sends a first identify and event; ready to paste. */
export function snippet(kind: SnippetKind, place: Place): string {
  return makers[kind](place);
}

const makers: Record<SnippetKind, (place: Place) => string> = {
  curl: ({ origin, writeKey }) => `curl ${origin}/v1/batch -u ${writeKey}: \\
  -H 'content-type: application/json' -d '{
  "batch": [
    { "type": "identify", "userId": "u-1",
      "traits": { "email": "maya@example.com", "firstName": "Maya" } },
    { "type": "track", "userId": "u-1", "event": "SignedUp",
      "properties": { "plan": "trial" } }
  ] }'`,
  node: ({ origin, writeKey }) => `// npm install @segment/analytics-node
import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({
  writeKey: '${writeKey}',
  host: '${origin}',
});

analytics.identify({
  userId: 'u-1',
  traits: { email: 'maya@example.com', firstName: 'Maya' },
});
analytics.track({
  userId: 'u-1',
  event: 'SignedUp',
  properties: { plan: 'trial' },
});
await analytics.closeAndFlush();`,
  browser: ({ origin, writeKey }) => `// npm install @segment/analytics-next
import { AnalyticsBrowser } from '@segment/analytics-next';

const analytics = AnalyticsBrowser.load(
  { writeKey: '${writeKey}', cdnSettings: { integrations: { 'Segment.io': {} } } },
  { integrations: { 'Segment.io': {
    apiKey: '${writeKey}',
    apiHost: '${origin.replace(/^https?:\/\//, '')}/v1',
    protocol: '${origin.startsWith('https') ? 'https' : 'http'}',
  } } },
);

analytics.identify('u-1', { email: 'maya@example.com', firstName: 'Maya' });
analytics.track('SignedUp', { plan: 'trial' });`,
};
