import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { openJourneyWorkspace, type JourneyWorkspace } from './journey-workspace.ts';

/** A journey is some dozens of clicks, each of which may wait for the program. */
const JOURNEY_MS = 240_000;
const AUDIENCE = 40;

let workspace: JourneyWorkspace;
let page: Page;

beforeAll(async () => {
  workspace = await openJourneyWorkspace();
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

async function pick(list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function chooseInMenu(menu: string, item: string): Promise<void> {
  await button(menu).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** Takes a starting point of the gallery, and opens its editor. */
async function takeFromGallery(start: string, name: string): Promise<void> {
  await workspace.open('messages/new');
  await page.getByText(start, { exact: true }).click();
  await dialog().getByLabel('Name').fill(name);
  await dialog().getByLabel('Ukrainian').check();
  await button('Create message', dialog()).click();
  await page.getByRole('heading', { name }).waitFor();
}

test(
  'messages begin in the gallery, are copied, changed, compared, and saved as a template',
  async () => {
    tellOnFailure();
    await takeFromGallery('Welcome', 'Hello');
    await workspace.open('messages');
    await chooseInMenu('What to do with Hello', 'Copy');
    await page.getByRole('heading', { name: 'Hello (copy)' }).waitFor();
    const name = page.getByLabel('Name of the message');
    await name.fill('Good day');
    await name.press('Enter');
    await page.getByText('Subject and settings').click();
    await page.getByRole('textbox', { name: 'Subject', exact: true }).fill('Spring is here');
    await button('Add a subject').click();
    await page.getByRole('textbox', { name: 'Subject 2' }).fill('Spring, at last');
    await button('Save').click();
    await page.getByText('All changes saved').waitFor();

    await workspace.open('messages');
    await page.getByText('Hello', { exact: true }).waitFor();
    // Over a slow line one goes on before the list answers, and must arrive all the same.
    await page.route('**/VersionsPage*.js', async (route) => {
      await page.waitForURL(/search=spring/);
      await route.continue();
    });
    await page.getByPlaceholder('Search name, text or tag').fill('spring is');
    await chooseInMenu('What to do with Good day', 'Versions and uses');
    await page.getByText('No workflow and no unfinished campaign sends this message.').waitFor();
    await page.locator('ins', { hasText: 'Spring' }).first().waitFor();

    await page.goBack();
    await button('What to do with Good day').waitFor();
    await page.getByText('Hello', { exact: true }).waitFor({ state: 'detached' });
    await chooseInMenu('What to do with Good day', 'Save as template');
    await dialog().getByLabel('Name of the template').fill('Seasons');
    await button('Save', dialog()).click();
    await page.getByText('Template “Seasons” saved').waitFor();
    await workspace.open('messages/new');
    await page.getByText('Seasons', { exact: true }).click();
    await dialog().getByText('Spring is here').waitFor();
  },
  JOURNEY_MS,
);

test(
  'tags are renamed and merged for everything that has them, and the library filters by them',
  async () => {
    tellOnFailure();
    const { items } = await workspace.call<{ items: { id: string; name: string }[] }>(
      'GET',
      '/messages',
    );
    const idOf = (name: string): string => items.find((each) => each.name === name)!.id;
    await workspace.call('PATCH', `/messages/${idOf('Hello')}`, { tags: ['Sping'] });
    await workspace.call('PATCH', `/messages/${idOf('Good day')}`, { tags: ['Season'] });
    await workspace.open('settings/tags');
    await chooseInMenu('What to do with “Sping”', 'Rename');
    await dialog().getByLabel('Name').fill('Spring');
    await button('Rename', dialog()).click();
    await page.getByText('“Sping” is now called “Spring”').waitFor();

    await chooseInMenu('What to do with “Season”', 'Merge into another');
    await dialog().getByRole('combobox', { name: 'Into' }).click();
    await page.getByRole('option', { name: 'Spring' }).click();
    await dialog()
      .getByText(/It is then on 2 things/)
      .waitFor();
    await dialog().getByRole('button', { name: /Merge/ }).click();
    await page.getByText('“Season” is now “Spring”').waitFor();

    await page
      .getByRole('row', { name: /Spring/ })
      .getByRole('link', { name: /Messages/ })
      .click();
    await page.getByText('Good day', { exact: true }).waitFor();
    await page.getByText('Hello', { exact: true }).waitFor();
  },
  JOURNEY_MS,
);

interface Delivery {
  id: string;
  contact: string;
  address: string;
}

/** Everybody in the list gets an address; one of them reads Ukrainian. */
async function makeAudience(): Promise<void> {
  const { call } = workspace;
  const list = await call<{ id: string }>('POST', '/segments', { kind: 'list', name: 'Readers' });
  const add: string[] = [];
  for (let n = 0; n < AUDIENCE; n += 1) {
    const { id } = await call<{ id: string }>('POST', '/contacts', {
      external_id: `reader-${n}`,
      email: `reader-${n}@example.com`,
      first_name: `Reader ${n}`,
      language: n % 2 === 0 ? 'en' : 'uk',
    });
    add.push(id);
  }
  await call('POST', `/segments/${list.id}/members`, { add });
}

async function newCampaign(name: string): Promise<void> {
  await workspace.open('campaigns');
  await button('New campaign').first().click();
  await dialog().getByLabel('Name').fill(name);
  await button('Create', dialog()).click();
  await page.getByText('Before it can start').waitFor();
}

/** Types the number that the dialog asks for. */
async function start(): Promise<void> {
  await button('Start campaign').click();
  const asked = dialog().getByLabel(/^Type \d+ to confirm$/);
  await asked.fill(/\d+/.exec((await dialog().innerText()).split('Type ')[1]!)![0]);
  await button('Start campaign', dialog()).click();
  await dialog().waitFor({ state: 'detached' });
}

const KEPT_OUT = /Kept out to compare\s+(\d+)/;

/** A number of the page by the words before it. */
async function figure(pattern: RegExp): Promise<number> {
  return Number(pattern.exec(await page.getByRole('main').innerText())?.[1]);
}

test(
  'a campaign compares two messages, keeps some out, and writes again to those who did not open',
  async () => {
    tellOnFailure();
    await makeAudience();
    await newCampaign('Spring sale');
    await pick('Message', 'Hello');
    await button('Compare with another message').click();
    await pick('Message of variant B', 'Good day');
    await pick('Members of any of', 'Readers');
    await page.keyboard.press('Escape');
    await page.getByLabel('Keep out, in percent').fill('20');
    await page.getByLabel('Keep out, in percent').press('Tab');
    await page.getByText('Kept out to compare').waitFor();
    await start();

    await page.getByText('Finished', { exact: true }).waitFor();
    // The figures come with the next look of the page.
    await expect.poll(() => figure(/Audience\s+(\d+)/), { timeout: 60_000 }).toBe(AUDIENCE);
    await expect.poll(() => figure(KEPT_OUT), { timeout: 60_000 }).toBeGreaterThan(0);
    const keptOut = await figure(KEPT_OUT);
    await expect.poll(() => figure(/Get it\s+(\d+)/)).toBe(AUDIENCE - keptOut);
    // The report follows the senders.
    const sentByVariant = async () => [
      await figure(/\bHello\s+(\d+)/),
      await figure(/\bGood day\s+(\d+)/),
    ];
    const sent = async () => (await sentByVariant()).reduce((sum, each) => sum + each, 0);
    await expect.poll(sent, { timeout: 60_000 }).toBe(AUDIENCE - keptOut);
    expect(Math.min(...(await sentByVariant()))).toBeGreaterThan(0);

    await chooseInMenu('More actions', 'To those who did not open');
    await page.getByRole('heading', { name: 'Spring sale, again' }).waitFor();
    await expect
      .poll(() => page.getByRole('main').innerText(), { timeout: 30_000 })
      .toMatch(new RegExp(`In the audience\\s+${AUDIENCE - keptOut}\\b`));
  },
  JOURNEY_MS,
);

test(
  'a slow campaign is paused, resumed and cancelled, and everybody is accounted for',
  async () => {
    tellOnFailure();
    const { call } = workspace;
    const { items } = await call<{ items: { id: string; name: string }[] }>('GET', '/messages');
    const readers = await call<{ items: { id: string; name: string }[] }>('GET', '/segments');
    const { id } = await call<{ id: string }>('POST', '/campaigns', {
      name: 'Slow news',
      message: items.find(({ name }) => name === 'Hello')!.id,
      include: [readers.items.find(({ name }) => name === 'Readers')!.id],
      pace: { n: 1, per: 'minute' },
    });
    await workspace.open(`campaigns/${id}`);
    await start();
    await button('Pause').click();
    await page.getByText('Paused', { exact: true }).waitFor();
    await button('Resume').click();
    await page.getByText('Running', { exact: true }).waitFor();
    const main = page.getByRole('main');
    await expect.poll(() => main.innerText(), { timeout: 30_000 }).toMatch(/Audience\s+40/);
    await chooseInMenu('More actions', 'Cancel campaign');
    await dialog().getByRole('textbox').fill('Slow news');
    await button('Cancel campaign', dialog()).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    await page.getByText('Cancelled before their turn').waitFor();
    expect(await main.innerText()).toMatch(/Audience\s+40/);
  },
  JOURNEY_MS,
);

/** What a link of the mail of somebody leads to, by its path. */
async function linkIn(delivery: Delivery, path: string): Promise<string> {
  const content = await workspace.call('GET', `/deliveries/${delivery.id}`);
  return new RegExp(`${workspace.program.url}${path}[\\w-]+`).exec(JSON.stringify(content))![0];
}

/** A reader's phone, in which no script runs. */
async function withPhone(use: (phone: Page) => Promise<void>): Promise<void> {
  const context = await workspace.browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  const phone = await context.newPage();
  phone.setDefaultTimeout(30_000);
  await use(phone);
  await context.close();
}

test(
  'readers choose, take a break, leave and say why: in their language, on a phone, without scripts',
  async () => {
    tellOnFailure();
    const { call } = workspace;
    await call('POST', '/categories', { key: 'offers', name: 'Offers' });
    const { items } = await call<{ items: Delivery[] }>('GET', '/deliveries?limit=100');
    const reads = (parity: number) =>
      items.find(({ address }) => Number(/\d+/.exec(address)?.[0]) % 2 === parity)!;
    const [english, ukrainian] = [reads(0), reads(1)];
    await withPhone(async (phone) => {
      await phone.goto(await linkIn(english, '/v/'));
      await phone
        .getByText(/Welcome, Reader|Good to have you/)
        .first()
        .waitFor();

      await phone.goto(await linkIn(english, '/preferences/'));
      await phone.getByLabel('Offers').uncheck();
      await phone.getByRole('button', { name: 'Save' }).click();
      await phone.getByText('Saved').waitFor();
      await phone.goBack();
      await phone.reload();
      expect(await phone.getByLabel('Offers').isChecked()).toBe(false);

      await phone.goto(await linkIn(english, '/u/'));
      await phone.getByRole('button', { name: 'Nothing for 30 days' }).click();
      await phone.getByText(/Nothing comes to this address until/).waitFor();

      await phone.goto(await linkIn(ukrainian, '/u/'));
      await phone.getByLabel('Забагато повідомлень').check();
      await phone.getByRole('button', { name: 'Відписатися' }).click();
      await phone.getByRole('button', { name: /Підписатися/ }).waitFor();
      expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        390,
      );

      await phone.goto(`${(await linkIn(ukrainian, '/u/')).slice(0, -4)}AAAA`);
      expect(await phone.getByRole('button').count()).toBe(0);
    });

    await workspace.open('settings/pages');
    await page.getByRole('tab', { name: 'Who leaves' }).click();
    await page.getByText('I get too many messages').first().waitFor();
    await workspace.open(`contacts/${ukrainian.contact}`);
    await page
      .getByText(/Unsubscribed/)
      .first()
      .waitFor();
  },
  JOURNEY_MS,
);
