/** Where the sample's people live. */
export interface Place {
  country: string;
  weight: number;
  /** BCP 47, with weights where several are spoken. */
  languages: readonly (readonly [string, number])[];
  cities: readonly (readonly [name: string, zone: string])[];
  currency: string;
  /** Monthly prices of Plus and Pro. */
  prices: { plus: number; pro: number };
  names: NameSet;
  /** Ranges that the country keeps free for fiction; elsewhere nobody has a phone number. */
  phones?: { first: readonly number[]; size: number };
}

export type NameSet =
  | 'english'
  | 'german'
  | 'french'
  | 'spanish'
  | 'ukrainian'
  | 'polish'
  | 'portuguese'
  | 'turkish'
  | 'arabic'
  | 'indian'
  | 'japanese'
  | 'swedish'
  | 'dutch';

/** In each of them 555-0100 to 555-0199 belong to nobody. */
const AREA_CODES = [
  202, 206, 212, 213, 214, 303, 305, 312, 404, 415, 503, 512, 602, 612, 617, 619, 702, 713, 773,
  919,
];

export const PLACES: readonly Place[] = [
  {
    country: 'US',
    weight: 18,
    languages: [
      ['en-US', 9],
      ['es', 1],
    ],
    cities: [
      ['New York', 'America/New_York'],
      ['Boston', 'America/New_York'],
      ['Chicago', 'America/Chicago'],
      ['Austin', 'America/Chicago'],
      ['Denver', 'America/Denver'],
      ['Portland', 'America/Los_Angeles'],
      ['San Diego', 'America/Los_Angeles'],
    ],
    currency: 'USD',
    prices: { plus: 9.99, pro: 14.99 },
    names: 'english',
    phones: {
      first: AREA_CODES.map((code) => 10_000_000_000 + code * 10_000_000 + 5550100),
      size: 100,
    },
  },
  {
    country: 'UA',
    weight: 15,
    languages: [['uk', 1]],
    cities: [
      ['Київ', 'Europe/Kyiv'],
      ['Львів', 'Europe/Kyiv'],
      ['Одеса', 'Europe/Kyiv'],
      ['Харків', 'Europe/Kyiv'],
    ],
    currency: 'UAH',
    prices: { plus: 199, pro: 299 },
    names: 'ukrainian',
  },
  {
    country: 'GB',
    weight: 12,
    languages: [['en-GB', 1]],
    cities: [
      ['London', 'Europe/London'],
      ['Leeds', 'Europe/London'],
      ['Bristol', 'Europe/London'],
    ],
    currency: 'GBP',
    prices: { plus: 7.99, pro: 11.99 },
    names: 'english',
    phones: { first: [447_700_900_000], size: 1000 },
  },
  {
    country: 'DE',
    weight: 9,
    languages: [['de', 1]],
    cities: [
      ['Berlin', 'Europe/Berlin'],
      ['Köln', 'Europe/Berlin'],
      ['München', 'Europe/Berlin'],
    ],
    currency: 'EUR',
    prices: { plus: 8.99, pro: 13.99 },
    names: 'german',
  },
  {
    country: 'FR',
    weight: 8,
    languages: [['fr', 1]],
    cities: [
      ['Paris', 'Europe/Paris'],
      ['Lyon', 'Europe/Paris'],
      ['Besançon', 'Europe/Paris'],
    ],
    currency: 'EUR',
    prices: { plus: 8.99, pro: 13.99 },
    names: 'french',
    phones: { first: [33_639_980_000], size: 10_000 },
  },
  {
    country: 'BR',
    weight: 8,
    languages: [['pt-BR', 1]],
    cities: [
      ['São Paulo', 'America/Sao_Paulo'],
      ['Curitiba', 'America/Sao_Paulo'],
    ],
    currency: 'BRL',
    prices: { plus: 29.9, pro: 44.9 },
    names: 'portuguese',
  },
  {
    country: 'PL',
    weight: 7,
    languages: [['pl', 1]],
    cities: [
      ['Warszawa', 'Europe/Warsaw'],
      ['Kraków', 'Europe/Warsaw'],
    ],
    currency: 'PLN',
    prices: { plus: 34.99, pro: 49.99 },
    names: 'polish',
  },
  {
    country: 'ES',
    weight: 6,
    languages: [['es', 1]],
    cities: [
      ['Madrid', 'Europe/Madrid'],
      ['Málaga', 'Europe/Madrid'],
    ],
    currency: 'EUR',
    prices: { plus: 8.99, pro: 13.99 },
    names: 'spanish',
  },
  {
    country: 'IN',
    weight: 5,
    languages: [['en-IN', 1]],
    cities: [
      ['Bengaluru', 'Asia/Kolkata'],
      ['Pune', 'Asia/Kolkata'],
    ],
    currency: 'INR',
    prices: { plus: 299, pro: 449 },
    names: 'indian',
  },
  {
    country: 'MX',
    weight: 4,
    languages: [['es-MX', 1]],
    cities: [['Ciudad de México', 'America/Mexico_City']],
    currency: 'MXN',
    prices: { plus: 129, pro: 199 },
    names: 'spanish',
  },
  {
    country: 'AU',
    weight: 4,
    languages: [['en-AU', 1]],
    cities: [
      ['Sydney', 'Australia/Sydney'],
      ['Perth', 'Australia/Perth'],
    ],
    currency: 'AUD',
    prices: { plus: 14.99, pro: 21.99 },
    names: 'english',
  },
  {
    country: 'EG',
    weight: 4,
    languages: [['ar', 1]],
    cities: [['القاهرة', 'Africa/Cairo']],
    currency: 'EGP',
    prices: { plus: 199, pro: 299 },
    names: 'arabic',
  },
  {
    country: 'AE',
    weight: 3,
    languages: [
      ['ar', 2],
      ['en-GB', 1],
    ],
    cities: [['دبي', 'Asia/Dubai']],
    currency: 'AED',
    prices: { plus: 36.99, pro: 54.99 },
    names: 'arabic',
  },
  {
    country: 'TR',
    weight: 3,
    languages: [['tr', 1]],
    cities: [['İstanbul', 'Europe/Istanbul']],
    currency: 'TRY',
    prices: { plus: 149, pro: 229 },
    names: 'turkish',
  },
  {
    country: 'NL',
    weight: 3,
    languages: [['nl', 1]],
    cities: [['Utrecht', 'Europe/Amsterdam']],
    currency: 'EUR',
    prices: { plus: 8.99, pro: 13.99 },
    names: 'dutch',
  },
  {
    country: 'JP',
    weight: 3,
    languages: [['ja', 1]],
    cities: [['東京', 'Asia/Tokyo']],
    currency: 'JPY',
    prices: { plus: 980, pro: 1480 },
    names: 'japanese',
  },
  {
    country: 'SE',
    weight: 2,
    languages: [['sv', 1]],
    cities: [['Malmö', 'Europe/Stockholm']],
    currency: 'SEK',
    prices: { plus: 99, pro: 149 },
    names: 'swedish',
  },
];
