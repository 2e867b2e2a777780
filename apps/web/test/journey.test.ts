import { Analytics } from '@segment/analytics-node';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { startProgram, type Program } from './journey-program.ts';

/** Everything below is what a newcomer does on the first evening, in the real program. */
const NEWCOMER = { userId: 'journey-1', email: 'ada.journey@example.com', name: 'Ada Journey' };

/** The sample is made while people look around: on a busy machine that takes a while. */
const SAMPLE_MS = 180_000;
/** What has to show by itself shows within seconds. */
const SHOWS_MS = 20_000;

let program: Program;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), launchBrowser()]);
  context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(SHOWS_MS);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

test('a newcomer logs in, sends an event, sees the run, gets the e-mail and clicks its link', async () => {
  onTestFailed(() => void process.stderr.write(program.said()));
  await logIn();
  await openWelcomeWorkflow();
  await switchSimulatorOff();
  const writeKey = await readWriteKey();
  await signUp(writeKey);
  await seeTheRun();
  await openTheEmail();
  await clickItsButton();
  await seeClickedOnTheCard();
}, 300_000);

async function logIn(): Promise<void> {
  await page.goto(program.link);
  await page.getByLabel('Your name').fill('Grace');
  await page.getByLabel('Password', { exact: true }).fill('a few words to remember');
  await page.getByRole('button', { name: 'Set password and log in' }).click();
  await page.getByText('Grace').first().waitFor();
}

/** The sample's workflow is drawn, and active once the sample is complete. */
async function openWelcomeWorkflow(): Promise<void> {
  await open('Workflows');
  await page.getByRole('row', { name: /Welcome.*Active/ }).click({ timeout: SAMPLE_MS });
  await page.getByRole('heading', { name: 'Welcome' }).waitFor();
  await page.getByText('When SignedUp happens').waitFor();
  await page.getByText('Send the email “Welcome”').waitFor();
  // Now from the browser's cache, which the program has to allow.
  await page.reload();
  await page.getByText('Send the email “Welcome”').waitFor();
}

/** A page of the navigation. */
async function open(name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
}

/** Or one of the sample's people might open this message, too. */
async function switchSimulatorOff(): Promise<void> {
  await page.getByText('Its users are active right now').waitFor();
  await page.getByLabel('Simulator').click({ force: true });
  await page.getByText('Its users are asleep').waitFor();
}

async function readWriteKey(): Promise<string> {
  await page.getByRole('navigation').getByText('Settings').click();
  await open('Keys');
  const shown = page.getByText(/per_write_[\w-]+/).first();
  return /per_write_[\w-]+/.exec((await shown.textContent()) ?? '')![0];
}

async function signUp(writeKey: string): Promise<void> {
  const { userId, email } = NEWCOMER;
  const analytics = new Analytics({ writeKey, host: program.url });
  const [firstName, lastName] = NEWCOMER.name.split(' ');
  analytics.identify({ userId, traits: { email, firstName, lastName } });
  analytics.track({ userId, event: 'SignedUp', properties: { method: 'email' } });
  await analytics.closeAndFlush();
}

async function seeTheRun(): Promise<void> {
  await open('Workflows');
  await page.getByRole('row', { name: /Welcome/ }).click();
  await page.getByRole('tab', { name: 'Runs' }).click();
  const run = page.getByRole('row', { name: new RegExp(NEWCOMER.name) });
  await run.waitFor();
  expect(await run.textContent()).toContain('Waiting');
}

async function openTheEmail(): Promise<void> {
  await open('Outbox');
  const delivery = page.getByRole('row', { name: new RegExp(NEWCOMER.email) });
  await delivery.waitFor();
  await delivery.click();
  await page.getByText('Ada, your first workout takes ten minutes').first().waitFor();
}

/** The real link in the real message. Where it leads is outside, and not needed here. */
async function clickItsButton(): Promise<void> {
  const message = page.frameLocator('iframe').first();
  const answered = context.waitForEvent('response', (response) =>
    response.url().startsWith(`${program.url}/r/`),
  );
  await message.getByRole('link', { name: 'Start the ten-minute workout' }).click();
  const response = await answered;
  expect(await response.headerValue('location')).toBe('https://example.com/stride/workouts/first');
}

async function seeClickedOnTheCard(): Promise<void> {
  await page.getByRole('link', { name: 'Open the contact' }).first().click();
  await page.getByRole('tab', { name: 'Activity' }).click();
  await page.getByText('Clicked').first().waitFor();
}
