import type { RenderingOf } from './liquid.ts';

/** A rendering as a case needs it: in English, for Kyiv, with nothing missing and nothing fetched. */
export function renderingFor({
  locale = {},
  missing = {},
  fetched = {},
  variables = {},
}: {
  locale?: Partial<RenderingOf['locale']>;
  missing?: Partial<RenderingOf['missing']>;
  fetched?: Partial<RenderingOf['fetched']>;
  variables?: object;
} = {}): RenderingOf {
  return {
    variables,
    locale: {
      language: 'en',
      timeZone: 'Europe/Kyiv',
      currency: 'USD',
      now: new Date('2026-03-01T23:30:00Z'),
      ...locale,
    },
    missing: { onMissing: 'empty', fallbacks: {}, ...missing },
    fetched: { answers: {}, onFailure: 'retry', called: new Set(), ...fetched },
  };
}
