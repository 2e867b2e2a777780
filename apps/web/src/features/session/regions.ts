import { CURRENCIES } from '@perennial/contracts';

const offered = [
  'en-GB',
  'en-US',
  'en-CA',
  'en-AU',
  'en-IN',
  'ar-EG',
  'cs-CZ',
  'da-DK',
  'de-AT',
  'de-CH',
  'de-DE',
  'el-GR',
  'es-ES',
  'es-MX',
  'fi-FI',
  'fr-CA',
  'fr-FR',
  'he-IL',
  'hi-IN',
  'hu-HU',
  'id-ID',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'nb-NO',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'pt-PT',
  'ro-RO',
  'sv-SE',
  'th-TH',
  'tr-TR',
  'uk-UA',
  'vi-VN',
  'zh-CN',
  'zh-TW',
];

interface Choice {
  value: string;
  label: string;
}

/** Formats to choose from, by their English names; the one in use is always among them. */
export function formatNames(current: string): Choice[] {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const tags = offered.includes(current) || !current ? offered : [current, ...offered];
  return tags.map((value) => ({ value, label: names.of(value) ?? value }));
}

/**
 * Every zone this browser knows, and the one in use: browsers list some under an older name
 * (`Europe/Kiev`), and leave out UTC.
 */
export function zoneNames(current?: string | null): Choice[] {
  const known = Intl.supportedValuesOf('timeZone');
  const zones = new Set(['UTC', ...known, ...(current ? [current] : [])]);
  return [...zones]
    .sort((a, b) => Number(b === 'UTC') - Number(a === 'UTC') || (a < b ? -1 : 1))
    .map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
}

/** Every currency in use by its code and its name in a language, and the one that is chosen. */
export function currencyNames(language: string, current: string): Choice[] {
  const names = new Intl.DisplayNames(language, { type: 'currency' });
  return [...new Set([...CURRENCIES, current])]
    .sort()
    .map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}
