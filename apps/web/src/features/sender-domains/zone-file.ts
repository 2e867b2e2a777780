import type { DomainRecord, SenderDomain } from '@perennial/contracts';

type Wanted = Pick<DomainRecord, 'type' | 'name' | 'expected'>;
type Domain = Pick<SenderDomain, 'domain' | 'records'>;

/** What is to be put into DNS, once it is known what that is. */
export function recordsToSet({ records }: Domain): DomainRecord[] {
  return records.filter(({ expected }) => expected !== '');
}

/** As a zone file has it (RFC 1035 §5): names are whole, texts in strings of at most 255 bytes. */
export function zoneFile(domain: Domain): string {
  const lines = recordsToSet(domain).map(zoneLine);
  return [`; ${domain.domain}`, ...lines, ''].join('\n');
}

function zoneLine({ type, name, expected }: Wanted): string {
  const data = type === 'TXT' ? stringsOf(expected).join(' ') : expected;
  return `${name}. 3600 IN ${type} ${data}`;
}

const LONGEST_STRING = 255;

/** DKIM keys are longer than one string. What is written here is ASCII, so bytes are characters. */
function stringsOf(text: string): string[] {
  const count = Math.ceil(text.length / LONGEST_STRING);
  return Array.from({ length: count }, (_, i) => {
    const part = text.slice(i * LONGEST_STRING, (i + 1) * LONGEST_STRING);
    return `"${part.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  });
}

/** The name within the zone of the registered domain, as most forms of DNS providers want it. */
export function hostWithin(name: string, zone: string): string {
  if (name === zone) return '@';
  return name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : `${name}.`;
}

/** The value of a record as forms ask for it: a priority has a field of its own. */
export function valueParts({ type, expected }: Wanted): { priority: string | null; value: string } {
  if (type !== 'MX') return { priority: null, value: expected };
  const [priority = '', ...rest] = expected.split(' ');
  return { priority, value: rest.join(' ') };
}
