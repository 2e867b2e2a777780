import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { testReceiver } from '../../server/src/webhooks/test-receiver.ts';
import { openJourneyWorkspace, type JourneyWorkspace } from './journey-workspace.ts';

/** A journey is some dozens of clicks, each of which may wait for the program. */
const JOURNEY_MS = 180_000;

let workspace: JourneyWorkspace;
let page: Page;

beforeAll(async () => {
  workspace = await openJourneyWorkspace({ callsLoopback: true });
  page = workspace.page;
}, 240_000);

afterAll(async () => {
  await workspace?.stop();
});

function tellOnFailure(): void {
  onTestFailed(() => void process.stderr.write(workspace.program.said()));
}

function button(name: string | RegExp, within: Page | Locator = page): Locator {
  return within.getByRole('button', { name, exact: typeof name === 'string' });
}

function dialog(): Locator {
  return page.getByRole('dialog');
}

function inspector(): Locator {
  return page.getByRole('complementary').last();
}

async function publish(version: number): Promise<void> {
  await button('Publish').click();
  await dialog().getByText(`Publish version ${version}?`).waitFor();
  await button('Publish', dialog()).click();
  await page.getByText(`Version ${version} · published`).waitFor();
}

async function activate(): Promise<void> {
  await button('Activate').click();
  await button('Activate', dialog()).click();
  await page.getByText('Active', { exact: true }).waitFor();
}

test(
  'a workflow of the gallery is taken, adapted and published, and its versions differ in words',
  async () => {
    tellOnFailure();
    await workspace.open('workflows/new');
    await page.getByText('Win-back', { exact: true }).click();
    await dialog().getByLabel('Name').fill('Come back');
    await button('Create workflow', dialog()).click();
    await page.getByRole('heading', { name: 'Come back' }).waitFor();
    await page.getByText('no errors').waitFor();
    await publish(1);

    await page.getByText('Wait for AppOpened, at most 7 days').click();
    await inspector().getByRole('textbox', { name: 'At most', exact: true }).fill('5');
    await page.getByText('Draft saved').waitFor();
    await publish(2);
    await button('Versions').click();
    await button(
      'Compare',
      inspector().getByRole('listitem').filter({ hasText: 'Version 1' }),
    ).click();
    const changed = inspector().getByRole('listitem').filter({ hasText: 'Wait for' });
    await changed.locator('ins').waitFor();
    expect(await changed.locator('del').allTextContents()).toEqual(['7']);
    expect(await changed.locator('ins').allTextContents()).toEqual(['5']);

    await button('Bring version 1 back as draft').click();
    await page.getByText('Wait for AppOpened, at most 7 days').waitFor();
    await activate();
  },
  JOURNEY_MS,
);

/** Contacts in a list of their own. */
async function listOf(name: string, people: readonly string[]): Promise<string> {
  const { call } = workspace;
  const list = await call<{ id: string }>('POST', '/segments', { kind: 'list', name });
  for (const first_name of people) {
    const { id } = await call<{ id: string }>('POST', '/contacts', {
      external_id: first_name.toLowerCase(),
      email: `${first_name.toLowerCase()}@example.com`,
      first_name,
    });
    await call('POST', `/segments/${list.id}/members`, { add: [id] });
  }
  return list.id;
}

test(
  'a workflow is started by hand for a list, fails, shows on which block, and is retried',
  async () => {
    tellOnFailure();
    const receiver = await testReceiver();
    receiver.behave(() => 404);
    await listOf('Ambassadors', ['Ada', 'Brian']);
    await listOf('Nobody yet', []);
    const { id } = await workspace.call<{ id: string }>('POST', '/workflows', {
      name: 'Tell the shop',
      definition: {
        language: 1,
        start: { type: 'manual' },
        stop: [],
        first: 'shop',
        blocks: {
          shop: { type: 'webhook', method: 'POST', url: receiver.url, exits: { ok: 'done' } },
          done: { type: 'end', exits: {} },
        },
      },
    });
    await workspace.open(`workflows/${id}`);
    await publish(1);
    await activate();
    await startFor('Ambassadors', 2);
    await page.getByRole('tab', { name: 'Runs' }).click();
    const failed = page.getByRole('row', { name: /Failed/ });
    await expect.poll(() => failed.count(), { timeout: 30_000 }).toBe(2);

    await page.getByRole('row', { name: /Ada/ }).getByText('Failed').click();
    await inspector().getByText('ended here').waitFor();
    expect(await inspector().innerText()).toContain('404');

    receiver.behave(() => 200);
    await page.getByRole('tab', { name: 'Runs' }).click();
    await button('Retry those that failed').click();
    await dialog().getByText('2 runs try their blocks again.').waitFor();
    await button('Retry 2').click();
    await page
      .getByRole('row', { name: /Completed/ })
      .nth(1)
      .waitFor();
    expect(await failed.count()).toBe(0);
  },
  JOURNEY_MS,
);

/** By the one button for it; another segment is chosen first, and another after all. */
async function startFor(segment: string, count: number): Promise<void> {
  await button('Start by hand').click();
  await dialog().getByText('A segment', { exact: true }).click();
  const choice = dialog().getByRole('combobox');
  await choice.click();
  await page.getByRole('option', { name: 'Nobody yet' }).click();
  await dialog().getByText('Nobody is in it now.').waitFor();
  await choice.click();
  await page.getByRole('option', { name: segment }).click();
  await button(`Start ${count} contacts`, dialog()).click();
  await dialog().waitFor({ state: 'detached' });
}

test(
  'an alarm calls an address of its own, which a test call tries',
  async () => {
    tellOnFailure();
    const receiver = await testReceiver();
    const { id } = await workspace.call<{ id: string }>('POST', '/alarms', {
      name: 'Starts stopped',
      rule: {
        series: { kind: 'starts' },
        period: 'hour',
        direction: 'below',
        threshold: { kind: 'number', value: 1 },
      },
    });
    await workspace.open(`alarms/${id}`);
    await page.getByLabel('Address').fill(receiver.url);
    await button('Call this address').click();
    await page.getByText(/^whsec_/).waitFor();
    await button('Make a test call').click();
    await page
      .getByRole('listitem')
      .filter({ hasText: '200' })
      .filter({ hasText: 'Test' })
      .waitFor();
    await receiver.arrived(1);

    receiver.behave(() => 503);
    await button('Make a test call').click();
    await page.getByRole('listitem').filter({ hasText: '503' }).waitFor();
    await button('Call nobody').click();
    await button('Call this address').waitFor();
  },
  JOURNEY_MS,
);

test(
  'a webhook is added, tried, fails, is skipped with a reason, and is told what follows',
  async () => {
    tellOnFailure();
    const receiver = await testReceiver();
    await workspace.open('settings/webhooks');
    await button('New webhook').first().click();
    await dialog().getByLabel('Name').fill('CRM');
    await dialog().getByRole('textbox', { name: 'Address' }).fill(receiver.url);
    await dialog().getByLabel('Contact created').check();
    await button('Add webhook', dialog()).click();
    await dialog()
      .getByText(/^whsec_/)
      .waitFor();
    await button('I have copied it').click();
    await page.getByRole('heading', { name: 'CRM' }).waitFor();
    await button('Send a test').click();
    await page.getByText(/The test was taken: answer 200/).waitFor();

    receiver.behave(({ body }) => (body.includes('first-lost') ? 503 : 200));
    const { call } = workspace;
    await call('POST', '/contacts', { external_id: 'first-lost' });
    await page.getByText('The last request was not taken').waitFor();
    await page
      .getByRole('row', { name: /Failed.*Contact created/ })
      .first()
      .click();
    await button('Skip', inspector()).click();
    await dialog().getByLabel('Reason').fill('They know already');
    await button('Skip', dialog()).click();
    await page.getByText('Skipped: what follows is told now').waitFor();
    await inspector().getByText('They know already').waitFor();

    await call('POST', '/contacts', { external_id: 'then-told' });
    await page
      .getByRole('row', { name: /Taken.*Contact created/ })
      .first()
      .waitFor();
    expect(receiver.received.some(({ body }) => body.includes('then-told'))).toBe(true);
  },
  JOURNEY_MS,
);

test(
  'a sender domain says what to put into DNS, and secrets and mailboxes say what is wrong with them',
  async () => {
    tellOnFailure();
    await workspace.open('settings/domains');
    await button('Add domain').first().click();
    await dialog().getByLabel('Domain').fill('stride.example');
    await button('Add domain', dialog()).click();
    await page.getByText('Put these into DNS').waitFor();
    await page
      .getByText(/^v=DKIM1; k=rsa; p=/)
      .first()
      .waitFor();
    await page.getByText(/^v=DMARC1; p=none/).waitFor();

    await workspace.open('settings/channels');
    await button('Add secret').click();
    await dialog().getByLabel('Name', { exact: true }).fill('shop');
    await dialog().getByLabel('Server').fill('https://shop.example/path');
    await dialog().getByRole('textbox', { name: 'Value' }).fill('Bearer 3f9a6c1e0b');
    await button('Save', dialog()).click();
    await dialog().getByText('Expected https:// and a host').waitFor();
    await dialog().getByLabel('Server').fill('https://shop.example');
    await button('Save', dialog()).click();
    await page.getByText('https://shop.example').first().waitFor();

    await button('Add mailbox').click();
    await dialog().getByLabel('Name', { exact: true }).fill('Bounces');
    await dialog().getByLabel('IMAP server').fill('127.0.0.1');
    await dialog().getByLabel('Port').fill('9');
    await dialog().getByLabel('User name').fill('bounces');
    await dialog().getByRole('textbox', { name: 'Password' }).fill('secret');
    await button('Save', dialog()).click();
    await page.getByText('Cannot be reached').waitFor();
  },
  JOURNEY_MS,
);
