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

/** Every zone this browser knows; UTC is left out of the standard's list. */
export function zoneNames(): Choice[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map(
    (zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }),
  );
}
