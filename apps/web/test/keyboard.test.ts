import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { startProgram, type Program } from './journey-program.ts';

/** What has to show by itself shows within seconds. */
const SHOWS_MS = 20_000;
/** The sample is made while people look around. */
const SAMPLE_MS = 180_000;

let program: Program;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), launchBrowser()]);
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
  });
  page = await context.newPage();
  page.setDefaultTimeout(SHOWS_MS);
  await page.goto(program.link);
  await page.getByLabel('Your name').fill('Grace');
  await page.getByLabel('Password', { exact: true }).fill('a few words to remember');
  await page.getByRole('button', { name: 'Set password and log in' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'All contacts' }).click();
  await page.getByRole('heading', { name: 'All contacts' }).waitFor();
  await waitForContacts();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

/** The list does not look again by itself while the sample is made. */
async function waitForContacts(): Promise<void> {
  const look = async (): Promise<boolean> => {
    await page.reload();
    await page.getByRole('grid').waitFor();
    return (await page.locator('[data-row="2"]').count()) === 1;
  };
  await vi.waitUntil(look, { timeout: SAMPLE_MS, interval: 2000 });
}

/** What has the focus, by its role and name. */
async function focused(): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement!;
    const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
    return element instanceof HTMLElement && element.dataset['row'] !== undefined
      ? `row ${element.dataset['row']}`
      : `${role} ${element.getAttribute('aria-label') ?? element.textContent}`;
  });
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

async function waitForFocus(on: string): Promise<void> {
  await expect.poll(focused, { timeout: SHOWS_MS }).toBe(on);
}

test('contacts are picked, and what is done with them is reached, by keyboard alone', async () => {
  onTestFailed(() => void process.stderr.write(program.said()));
  await press('j');
  await waitForFocus('row 0');
  await press('j');
  await waitForFocus('row 1');
  await press('x');
  await page.getByRole('toolbar').getByText('1 selected').waitFor();
  const stops: string[] = [];
  while (stops.at(-1) !== 'button Change' && stops.length < 8) {
    await press('Tab');
    stops.push(await focused());
  }
  expect(stops.at(-1)).toBe('button Change');
  await press('Escape');
}, 120_000);

test('the focus goes back to where a dialog or a form was opened', async () => {
  await page.getByRole('button', { name: 'New contact' }).focus();
  await press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).waitFor();
  await press('Escape');
  await waitForFocus('button New contact');

  await page.getByRole('button', { name: 'Add filter' }).focus();
  await press('Enter');
  await waitForFocus('combobox Find a field, an event, a parameter, a value …');
  await page.keyboard.type('Country');
  await page.getByRole('option', { name: 'Country' }).first().waitFor();
  await press('Enter');
  await waitForFocus('combobox Value');
  await page.keyboard.type('UA');
  await press('Enter');
  await waitForFocus('button Add filter');
  await page.getByRole('button', { name: /Remove the filter/ }).waitFor();
}, 120_000);

test('an option of a filter is chosen with arrows and Enter', async () => {
  const chip = page.getByRole('button', { name: /^Show/ });
  await chip.focus();
  await press('Enter');
  await page.getByRole('checkbox', { name: 'deleted' }).waitFor();
  await press('ArrowDown', 'ArrowDown', 'Enter');
  await page.getByText('No contact').first().waitFor();
  expect(new URL(page.url()).searchParams.get('deleted')).toBe('true');
}, 120_000);

test('Escape closes what stands beside a list', async () => {
  await page.getByRole('navigation').getByText('Settings').click();
  await page.getByRole('navigation').getByRole('link', { name: 'Fields' }).click();
  await page.getByText('Time zone', { exact: true }).first().click();
  const beside = page.getByRole('complementary').getByText('Filters and sorting');
  await beside.waitFor();
  await page.mouse.move(0, 0);
  await press('Escape');
  await beside.waitFor({ state: 'detached' });
}, 120_000);

/** A call of the management API by the session of the page. */
async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const workspace = /\/w\/([^/]+)/.exec(page.url())![1]!;
  return page.evaluate(
    async ({ how, to, sent, slug }) => {
      const session = await (await fetch('/manage/v1/session')).json();
      const answer = await fetch(`/manage/v1${to}`, {
        method: how,
        headers: {
          'x-workspace': session.workspaces.find((one: { slug: string }) => one.slug === slug).id,
          'x-csrf-token': session.csrf_token,
          'content-type': 'application/json',
        },
        ...(sent && { body: JSON.stringify(sent) }),
      });
      if (!answer.ok) throw new Error(`${how} ${to}: ${await answer.text()}`);
      return answer.status === 204 ? undefined : answer.json();
    },
    { how: method, to: path, sent: body, slug: workspace },
  );
}

test('a merge whose survivor is deleted cannot be undone before that is back, and says so', async () => {
  const made = (name: string) =>
    call<{ id: string }>('POST', '/contacts', { external_id: name, first_name: name });
  const [keep, drop] = [await made('survivor'), await made('merged')];
  await call('POST', `/contacts/${keep.id}/merge`, { other: drop.id });
  await page.getByRole('navigation').getByRole('link', { name: 'Merges' }).click();
  const row = page.getByRole('row').filter({ hasText: drop.id });
  const undo = row.getByRole('button', { name: 'Undo' });
  await undo.click();
  await page.getByRole('dialog').getByText(`Contact ${drop.id} becomes`).waitFor();
  await press('Escape');
  await call('DELETE', `/contacts/${keep.id}`);
  await page.reload();
  await undo.focus();
  await page.getByText(`Contact ${keep.id} is deleted`).waitFor();
  await press('Enter');
  expect(await undo.getAttribute('aria-disabled')).toBe('true');
  expect(await page.getByRole('dialog').count()).toBe(0);
}, 120_000);
