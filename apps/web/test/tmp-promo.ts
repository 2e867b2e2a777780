import { createServer } from 'node:http';
import { launchBrowser } from './browser.ts';

const [setup] = process.argv.slice(2) as [string];
const base = new URL(setup).origin;
const out = '/tmp/s13/shots-promo';
const host = createServer((request, response) => {
  response.writeHead(request.url!.includes('bad') ? 404 : 200, { 'content-type': 'application/json' });
  response.end('{"code":"LOYAL-17","tier":{"name":"gold","since":"2026-01-01"},"left":3}');
}).listen(7489, '127.0.0.1');
const browser = await launchBrowser();
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
context.setDefaultTimeout(60_000);
const page = await context.newPage();
const errors: string[] = [];
page.on('console', (m) => m.type() === 'error' && errors.push(m.text().slice(0, 300)));
page.on('pageerror', (e) => errors.push(String(e).slice(0, 500)));
const shot = (name: string) => page.screenshot({ path: `${out}/${name}.png` });
try {
  await page.goto(setup);
  if (setup.includes('setup')) {
  await page.getByLabel('Your name').fill('Grace');
  await page.getByLabel('Password', { exact: true }).fill('a few words to remember');
  await page.getByRole('button', { name: 'Set password and log in' }).click();
  } else {
    await page.getByLabel('E-mail').fill('admin@localhost');
    await page.getByLabel('Password', { exact: true }).fill('a few words to remember');
    await page.getByRole('button', { name: 'Log in' }).click();
  }
  await page.getByText('Grace').first().waitFor();
  const session = await (await page.request.get(`${base}/manage/v1/session`)).json();
  const workspace = session.workspaces.at(-1);
  console.log(session.workspaces.map((w: {slug: string}) => w.slug));
  const headers = { 'x-workspace': workspace.id, 'x-csrf-token': session.csrf_token };
  const api = async (method: string, path: string, data?: unknown) => {
    const answer = await page.request.fetch(`${base}/manage/v1${path}`, { method, headers, ...(data !== undefined && { data }) });
    const text = await answer.text();
    if (!answer.ok()) console.log(method, path, answer.status(), text.slice(0, 400));
    return text ? JSON.parse(text) : null;
  };
  const at = (path: string) => page.goto(`${base}/w/${workspace.slug}/${path}`);
  await at('settings/promo-codes');
  await page.getByText('No pool of codes yet').waitFor();
  await shot('01-empty');
  await page.getByRole('button', { name: 'New pool' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill('Spring, 10 %');
  await page.getByLabel('Discount').fill('10');
  await page.getByLabel('Tell when fewer are left than').fill('500');
  await page.waitForTimeout(400);
  await shot('02-form');
  await page.getByRole('button', { name: 'Create pool' }).click();
  await page.getByText('No codes in this pool yet').waitFor();
  await shot('03-pool-empty');
  await page.getByRole('button', { name: 'Add codes' }).first().click();
  await page.getByLabel('Codes').last().fill(['SPRING-1', 'SPRING-2,2030-06-30', 'SPRING-1', 'SPRING-3,soon', ...Array.from({ length: 200 }, (_, i) => `S-${i}`)].join('\n'));
  await shot('04-add');
  await page.getByRole('dialog').getByRole('button', { name: 'Add codes' }).click();
  await page.getByText('codes were added').waitFor();
  await page.waitForTimeout(300);
  await shot('05-added');
  await page.getByRole('button', { name: 'Close' }).last().click();
  await page.getByText('SPRING-2').first().waitFor();
  await page.waitForTimeout(600);
  await shot('06-pool');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(300);
  await shot('07-pool-dark');
  await page.setViewportSize({ width: 900, height: 800 });
  await page.waitForTimeout(400);
  await shot('08-pool-900');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  const pools = await api('GET', '/promo_pools');
  const pool = pools.items[0].id;
  for (let n = 0; n < 3; n += 1) await api('POST', '/promo_pools', { name: `Pool ${n}`, type: 'gift', discount: 5 * n || null });
  await at('settings/promo-codes');
  await page.getByText('Pool 2').waitFor();
  await page.waitForTimeout(400);
  await shot('09-pools');
  const flow = await api('POST', '/workflows', {
    name: 'Loyalty',
    definition: {
      language: 1,
      start: { type: 'manual' },
      stop: [{ type: 'order', lookback: { n: 1, unit: 'day' } }],
      first: 'ask',
      blocks: {
        ask: { type: 'webhook', url: 'http://127.0.0.1:7489/tier/{{ contact.external_id }}', headers: { authorization: { secret: 'Bearer x' }, 'x-plan': '{{ event.plan }}' }, body: '{"name": {{ contact.first_name | json }}}', secret: 'shared', exits: { ok: 'code', failed: 'end' } },
        code: { type: 'promo_code', pool, lives: { n: 7, unit: 'day' }, exits: { ok: 'end', empty: 'end' } },
        end: { type: 'end' },
      },
    },
  });
  await api('POST', `/workflows/${flow.id}/publish`);
  await api('POST', `/workflows/${flow.id}/activate`);
  const people = await api('GET', '/contacts?limit=5');
  await api('POST', `/workflows/${flow.id}/start`, { contacts: people.items.map((p: { id: string }) => p.id), params: { plan: 'pro' } });
  await at(`workflows/${flow.id}`);
  await page.getByText('POST 127.0.0.1:7489').first().click();
  await page.getByText('Latest calls').waitFor();
  await page.waitForTimeout(4000);
  await shot('10-webhook');
  await page.getByRole('button', { name: 'Try it' }).scrollIntoViewIfNeeded();
  await shot('11-webhook-end');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send the request' }).click();
  await page.getByText('LOYAL-17').first().waitFor();
  await page.waitForTimeout(400);
  await shot('12-try');
  await page.keyboard.press('Escape');
  const first = page.getByText('Answered').first();
  await first.scrollIntoViewIfNeeded();
  await first.click();
  await page.waitForTimeout(800);
  await shot('13-call');
  await page.keyboard.press('Escape');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByText('Take a code of').first().click();
  await page.waitForTimeout(800);
  await shot('14-promo-block-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await at(`contacts/${people.items[0].id}`);
  await page.getByText('Promo codes').last().waitFor();
  await page.waitForTimeout(1000);
  await shot('15-card');
  await at('');
  await page.waitForTimeout(2500);
  await shot('16-home');
} catch (error) {
  console.log('FAILED', String(error).slice(0, 800));
  await shot('99-failed');
} finally {
  console.log([...new Set(errors)].slice(0, 10));
  await browser.close();
  host.close();
}
