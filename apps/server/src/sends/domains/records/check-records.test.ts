import { describe, expect, onTestFinished, test } from 'vitest';
import { createDns } from '../dns/ask-dns.ts';
import { startDnsServer, type TestDnsServer, type Zone } from '../dns/test-dns-server.ts';
import { makeKeyPair } from '../dkim-keys.ts';
import { checkDkim, dkimRecord } from './check-dkim.ts';
import { checkDmarc } from './check-dmarc.ts';
import { checkReturnMx } from './check-return-mx.ts';
import { checkSpf, spfRecord } from './check-spf.ts';
import { readSenderTerm } from './spf-record.ts';

/** A name server whose silence is soon noticed. */
async function withZones(zones: Record<string, Zone>) {
  const server = await startDnsServer(zones);
  onTestFinished(() => server.close());
  return { server, dns: dnsOf(server) };
}

const dnsOf = ({ servers }: TestDnsServer) => createDns({ servers, timeoutMs: 200, tries: 1 });

const terms = (...texts: string[]) => texts.map((text) => readSenderTerm(text)!);
const { publicKey } = await makeKeyPair();

describe('SPF', () => {
  const spfOf = async (zones: Record<string, Zone>, ...wanted: string[]) => {
    const { dns } = await withZones(zones);
    return checkSpf(dns, { domain: 'shop.example', wanted: terms(...wanted) });
  };
  const shop = (...TXT: NonNullable<Zone['TXT']>) => ({ 'shop.example': { TXT } });

  test('is right when it names who sends', async () => {
    expect(
      await spfOf(
        shop('v=spf1 ip4:192.0.2.0/24 -all', 'google-site-verification=x'),
        'ip4:192.0.2.7',
      ),
    ).toEqual({
      state: 'right',
      found: ['v=spf1 ip4:192.0.2.0/24 -all'],
      faults: [],
      notes: [],
      lookups: 0,
    });
  });

  test('is right when what it includes names who sends', async () => {
    const zones = {
      ...shop('v=spf1 include:_spf.mail.example ~all'),
      '_spf.mail.example': { TXT: ['v=spf1 ip6:2001:db8::/32 a:out.mail.example ~all'] },
      'out.mail.example': { A: ['192.0.2.9'] },
    };
    expect(await spfOf(zones, 'a:out.mail.example', 'ip6:2001:db8::25')).toMatchObject({
      state: 'right',
      lookups: 2,
    });
  });

  test('a record in several strings is one text', async () => {
    const zones = { 'shop.example': { TXT: [['v=spf1 ip4:192.0', '.2.1', ' -all']] } };
    expect(await spfOf(zones, 'ip4:192.0.2.1')).toMatchObject({ state: 'right' });
  });

  test('is missing when nothing is there, or something else', async () => {
    expect(await spfOf({})).toMatchObject({ state: 'missing' });
    expect(await spfOf(shop('v=spf10 -all', 'hello'))).toMatchObject({ state: 'missing' });
  });

  test.each([
    [['v=spf1 -all', 'v=spf1 mx -all'], { code: 'several_records', detail: '2' }],
    [['v=spf1 +all'], { code: 'passes_everybody' }],
    [['v=spf1 all'], { code: 'passes_everybody' }],
    [['v=spf1 ip4:192.0.2.300 -all'], { code: 'syntax', detail: 'ip4:192.0.2.300' }],
    [['v=spf1 include: -all'], { code: 'syntax', detail: 'include:' }],
    [['v=spf1 inclde:mail.example -all'], { code: 'syntax', detail: 'inclde:mail.example' }],
    [['v=spf1 ip4:192.0.2.1/33 -all'], { code: 'syntax', detail: 'ip4:192.0.2.1/33' }],
    [
      ['v=spf1 include:nowhere.example -all'],
      { code: 'include_without_spf', detail: 'nowhere.example' },
    ],
  ])('%j is wrong, and says what', async (TXT, fault) => {
    expect(await spfOf(shop(...TXT))).toMatchObject({ state: 'differs', faults: [fault] });
  });

  test('says who is not let through, also by a wider range or behind the end', async () => {
    const zones = shop('v=spf1 ip4:192.0.2.0/24 -ip4:198.51.100.1 -all include:mail.example');
    expect(
      await spfOf(
        zones,
        'ip4:192.0.2.1',
        'ip4:198.51.100.1',
        'ip4:192.0.0.0/16',
        'include:mail.example',
      ),
    ).toMatchObject({
      state: 'differs',
      faults: [
        { code: 'sender_not_named', detail: 'ip4:198.51.100.1' },
        { code: 'sender_not_named', detail: 'ip4:192.0.0.0/16' },
        { code: 'sender_not_named', detail: 'include:mail.example' },
      ],
    });
  });

  const chain = (length: number): Record<string, Zone> =>
    Object.fromEntries(
      Array.from({ length }, (_, i): [string, Zone] => [
        i === 0 ? 'shop.example' : `s${i}.example`,
        { TXT: [i === length - 1 ? 'v=spf1 -all' : `v=spf1 include:s${i + 1}.example -all`] },
      ]),
    );

  test('ten look-ups are allowed, eleven are not', async () => {
    expect(await spfOf(chain(11))).toMatchObject({ state: 'right', lookups: 10 });
    expect(await spfOf(chain(12))).toMatchObject({
      state: 'differs',
      faults: [{ code: 'too_many_lookups' }],
    });
  });

  test('records that include each other end', async () => {
    const { dns, server } = await withZones({
      'shop.example': { TXT: ['v=spf1 include:b.example -all'] },
      'b.example': { TXT: ['v=spf1 include:shop.example -all'] },
    });
    expect(await checkSpf(dns, { domain: 'shop.example', wanted: [] })).toMatchObject({
      faults: [{ code: 'too_many_lookups' }],
    });
    expect(server.asked.length).toBeLessThan(20);
  });

  test('two look-ups of nothing are allowed, three are not', async () => {
    expect(await spfOf(shop('v=spf1 a:x.example mx:y.example -all'))).toMatchObject({
      state: 'right',
    });
    expect(await spfOf(shop('v=spf1 a:x.example mx:y.example a -all'))).toMatchObject({
      state: 'differs',
      faults: [{ code: 'too_many_void_lookups', detail: 'shop.example' }],
    });
  });

  test('a redirect is followed when nothing ends the record before', async () => {
    const there = { '_spf.example': { TXT: ['v=spf1 ip4:192.0.2.1 -all'] } };
    const redirected = { ...shop('v=spf1 redirect=_spf.example'), ...there };
    expect(await spfOf(redirected, 'ip4:192.0.2.1')).toMatchObject({ state: 'right', lookups: 1 });
    const ended = { ...shop('v=spf1 -all redirect=_spf.example'), ...there };
    expect(await spfOf(ended, 'ip4:192.0.2.1')).toMatchObject({ state: 'differs', lookups: 0 });
  });

  test('macros are counted and not looked up', async () => {
    const { dns, server } = await withZones(shop('v=spf1 exists:%{i}._spf.example ~all'));
    expect(await checkSpf(dns, { domain: 'shop.example', wanted: [] })).toMatchObject({
      state: 'right',
      lookups: 1,
    });
    expect(server.asked).toEqual(['TXT shop.example']);
  });

  test('an end that says nothing is good to know', async () => {
    expect(await spfOf(shop('v=spf1 ptr ?all'))).toMatchObject({
      state: 'right',
      notes: [{ code: 'neutral_end' }, { code: 'obsolete_ptr' }],
    });
    expect(await spfOf(shop('v=spf1 mx'))).toMatchObject({ notes: [{ code: 'no_end' }] });
  });

  test('a name server that fails further down says nothing about the record', async () => {
    const { dns, server } = await withZones(shop('v=spf1 include:broken.example -all'));
    server.departures['broken.example'] = 'servfail';
    expect(await checkSpf(dns, { domain: 'shop.example', wanted: [] })).toEqual({
      state: 'trouble',
      trouble: 'broken.example: The name server failed (SERVFAIL).',
    });
  });

  test.each([
    [undefined, ['include:m.example'], 'v=spf1 include:m.example ~all'],
    ['v=spf1 mx -all', ['include:m.example'], 'v=spf1 mx include:m.example -all'],
    ['v=spf1 mx +all', ['mx'], 'v=spf1 mx ~all'],
    ['v=spf1 ip4:192.0.2.0/24 ~all', ['ip4:192.0.2.1'], 'v=spf1 ip4:192.0.2.0/24 ~all'],
    ['v=spf1 redirect=_spf.example', ['mx'], 'v=spf1 redirect=_spf.example mx'],
    ['v=spf1 nonsense', ['mx'], 'v=spf1 mx ~all'],
  ])('%j with %j becomes %s', (current, wanted, expected) => {
    expect(spfRecord(current, terms(...wanted))).toBe(expected);
  });

  test.each([
    '-all',
    'all',
    'ip4:1',
    'include:',
    'mx mx',
    'redirect=x.example',
    '~mx',
    'v=spf1',
    '',
  ])('%j names nobody who sends', (text) => expect(readSenderTerm(text)).toBeUndefined());
});

describe('DKIM', () => {
  const name = 's1._domainkey.shop.example';
  const dkimOf = async (...TXT: NonNullable<Zone['TXT']>) => {
    const { dns } = await withZones(TXT.length > 0 ? { [name]: { TXT } } : {});
    return checkDkim(dns, { selector: 's1', domain: 'shop.example', publicKey });
  };

  test('our key is right, in two strings, with spaces, and without what may be left out', async () => {
    const whole = dkimRecord(publicKey);
    expect(await dkimOf(whole)).toMatchObject({ state: 'right', faults: [], notes: [] });
    expect(await dkimOf([whole.slice(0, 250), whole.slice(250)])).toMatchObject({ state: 'right' });
    expect(
      await dkimOf(`p= ${publicKey.slice(0, 60)} ${publicKey.slice(60)} ; s=email; h=sha1:sha256;`),
    ).toMatchObject({ state: 'right' });
    expect(await dkimOf(`${whole}; t=y:s`)).toMatchObject({ notes: [{ code: 'testing' }] });
  });

  test.each([
    ['v=DKIM1; p=', { code: 'revoked' }],
    ['v=DKIM1; k=ed25519; p=AAAA', { code: 'other_kind', detail: 'ed25519' }],
    ['v=DKIM1; k=rsa', { code: 'not_readable', detail: 'p' }],
    ['v=DKIM2; p=AAAA', { code: 'not_readable', detail: 'v' }],
    ['k=rsa; v=DKIM1; p=AAAA', { code: 'not_readable', detail: 'v' }],
    ['hello', { code: 'not_readable' }],
    ['p=AAAA; p=BBBB', { code: 'not_readable' }],
    ['v=DKIM1; p=AAAA', { code: 'other_key' }],
    [`v=DKIM1; h=sha1; p=${publicKey}`, { code: 'sha256_not_allowed' }],
    [`v=DKIM1; s=tlsrpt; p=${publicKey}`, { code: 'not_for_mail' }],
  ])('%s is wrong, and says what', async (text, fault) => {
    expect(await dkimOf(text)).toMatchObject({ state: 'differs', faults: [fault] });
  });

  test('is missing, or there twice', async () => {
    expect(await dkimOf()).toMatchObject({ state: 'missing' });
    expect(await dkimOf(dkimRecord(publicKey), dkimRecord(publicKey))).toMatchObject({
      state: 'differs',
      faults: [{ code: 'several_records' }],
    });
  });
});

describe('DMARC', () => {
  const dmarcOf = async (zones: Record<string, Zone>, domain = 'shop.example') => {
    const { dns } = await withZones(zones);
    return checkDmarc(dns, { domain });
  };
  const at = (...TXT: string[]) => ({ '_dmarc.shop.example': { TXT } });

  test('a policy with its modes', async () => {
    expect(
      await dmarcOf(at('v=DMARC1; p=reject; adkim=s; aspf=s; rua=mailto:d@shop.example', 'other')),
    ).toMatchObject({
      finding: { state: 'right', notes: [{ code: 'strict_dkim' }] },
      policy: { dkim: 'strict', spf: 'strict' },
    });
  });

  test('what only watches, or holds for some, is good to know', async () => {
    const { finding } = await dmarcOf(at('v=DMARC1;p=none;pct=20'));
    expect(finding).toMatchObject({
      state: 'right',
      notes: [
        { code: 'watches_only' },
        { code: 'part_only', detail: '20' },
        { code: 'no_reports' },
      ],
    });
  });

  test.each([
    [['v=DMARC1; rua=mailto:d@shop.example'], { code: 'no_policy' }],
    [['v=DMARC1; p=rejct'], { code: 'bad_policy', detail: 'rejct' }],
    [['v=DMARC1; p=none; sp=never'], { code: 'bad_policy', detail: 'never' }],
    [['v=DMARC1; p=none', 'v=DMARC1; p=none'], { code: 'several_records' }],
    [['v=DMARC1; p=none; p=reject'], { code: 'not_readable' }],
    [['p=none'], { code: 'not_readable' }],
  ])('%j is wrong, and says what', async (TXT, fault) => {
    const { finding } = await dmarcOf(at(...TXT));
    expect(finding).toMatchObject({ state: 'differs', faults: [fault] });
  });

  test('a domain below inherits the policy of the one that was registered', async () => {
    expect(await dmarcOf(at('v=DMARC1; p=reject; sp=none'), 'news.shop.example')).toMatchObject({
      finding: { state: 'right', notes: [{ code: 'inherited' }, { code: 'watches_only' }, {}] },
    });
  });

  test('is missing', async () => {
    expect(await dmarcOf({}, 'news.shop.example')).toMatchObject({ finding: { state: 'missing' } });
  });
});

describe('mail for return addresses', () => {
  const mxOf = async (zones: Record<string, Zone>, server?: string) => {
    const { dns } = await withZones(zones);
    return checkReturnMx(dns, { domain: 'in.shop.example', server });
  };
  const there = (exchange: string) => ({
    'in.shop.example': { MX: [{ exchange, preference: 10 }] },
    'mail.shop.example': { A: ['192.0.2.1'] },
  });

  test('comes here, or to any server that there is', async () => {
    expect(await mxOf(there('mail.shop.example'), 'Mail.shop.example')).toMatchObject({
      state: 'right',
      found: ['10 mail.shop.example'],
    });
    expect(await mxOf(there('mail.shop.example'))).toMatchObject({ state: 'right' });
  });

  test.each([
    ['other.example', 'mail.shop.example', { code: 'other_server', detail: 'other.example' }],
    ['nowhere.example', undefined, { code: 'address_not_found', detail: 'nowhere.example' }],
    ['192.0.2.1', undefined, { code: 'address_not_found', detail: '192.0.2.1' }],
    ['.', undefined, { code: 'no_mail_accepted' }],
  ])('%s is wrong for %s', async (exchange, server, fault) => {
    expect(await mxOf(there(exchange), server)).toMatchObject({
      state: 'differs',
      faults: [fault],
    });
  });

  test('is missing', async () => {
    expect(await mxOf({})).toMatchObject({ state: 'missing' });
  });
});

describe('name servers that misbehave', () => {
  test.each(['servfail', 'refused', 'silent', 'garbage'] as const)(
    'one that is %s says nothing about records',
    async (departure) => {
      const { dns, server } = await withZones({});
      for (const name of ['shop.example', '_dmarc.shop.example', 's1._domainkey.shop.example']) {
        server.departures[name] = departure;
      }
      const domain = 'shop.example';
      expect(await checkSpf(dns, { domain, wanted: [] })).toMatchObject({ state: 'trouble' });
      expect((await checkDmarc(dns, { domain })).finding).toMatchObject({ state: 'trouble' });
      expect(await checkDkim(dns, { selector: 's1', domain, publicKey })).toMatchObject({
        state: 'trouble',
      });
      expect(await checkReturnMx(dns, { domain })).toMatchObject({ state: 'trouble' });
    },
  );

  test('nobody there is trouble, too', async () => {
    const dns = createDns({ servers: ['127.0.0.1:1'], timeoutMs: 200, tries: 1 });
    expect(await checkSpf(dns, { domain: 'shop.example', wanted: [] })).toMatchObject({
      state: 'trouble',
    });
  });

  test('what does not fit into UDP is asked for over TCP', async () => {
    const { dns, server } = await withZones({
      'shop.example': {
        TXT: [...Array(20).fill(`padding-${'x'.repeat(90)}`), 'v=spf1 ip4:192.0.2.1 -all'],
      },
    });
    expect(await checkSpf(dns, { domain: 'shop.example', wanted: [] })).toMatchObject({
      state: 'right',
    });
    expect(server.asked).toEqual(['TXT shop.example', 'tcp TXT shop.example']);
  });

  test('texts as long as an answer may be, and no texts at all, are kept short and printable', async () => {
    const { dns } = await withZones({
      'shop.example': { TXT: [`v=spf1 ${'x'.repeat(60_000)}`] },
      '_dmarc.shop.example': {
        TXT: [Buffer.from([0, 1, 2, 255, 254, 10, 13]), Buffer.alloc(200, 0)],
      },
    });
    const spf = await checkSpf(dns, { domain: 'shop.example', wanted: [] });
    expect(spf).toMatchObject({ state: 'differs', faults: [{ code: 'syntax' }] });
    expect(JSON.stringify(spf).length).toBeLessThan(2_000);
    const { finding } = await checkDmarc(dns, { domain: 'shop.example' });
    expect(finding.state).toBe('differs');
    // eslint-disable-next-line no-control-regex -- none is to be there
    expect(JSON.stringify(finding)).not.toMatch(/\\u00|[\u0000-\u001f]/);
  });
});
