import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { startProgram, type Program } from './journey-program.ts';

/** What has to show by itself shows within seconds; MJML is read when it is first needed. */
const SHOWS_MS = 60_000;

/** What the API answers, as far as it is looked at. */
interface Saved {
  id: string;
  version: number;
  content: { en: { mjml: string } };
}

let program: Program;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let manage: (method: string, path: string, body?: object) => Promise<Saved>;
let slug: string;

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram({ sample: false }), launchBrowser()]);
  context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(SHOWS_MS);
  await page.goto(program.link);
  await page.getByLabel('Your name').fill('Grace');
  await page.getByLabel('Password', { exact: true }).fill('a few words to remember');
  await page.getByRole('button', { name: 'Set password and log in' }).click();
  await page.getByText('Grace').first().waitFor();
  await readSession();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

/** The management API as the one who is logged in calls it. */
async function readSession(): Promise<void> {
  const session = await (await context.request.get(`${program.url}/manage/v1/session`)).json();
  const [workspace] = session.workspaces;
  slug = workspace.slug;
  manage = async (method, path, data) => {
    const answer = await context.request.fetch(`${program.url}/manage/v1${path}`, {
      method,
      headers: {
        'x-csrf-token': session.csrf_token,
        'x-workspace': workspace.id,
        ...(method === 'POST' && { 'idempotency-key': crypto.randomUUID() }),
      },
      ...(data && { data }),
    });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.json();
  };
}

const mjml = (text: string): string => `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        ${text}
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;

const code = (): Locator => page.locator('.cm-content[aria-label="MJML"]');

async function write(text: string): Promise<void> {
  await code().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** The message in the frame of the preview. */
const shown = (): Locator => page.frameLocator('iframe').locator('body');

test('an e-mail is written, mended, previewed, lost, restored and saved', async () => {
  onTestFailed(() => void process.stderr.write(program.said()));
  const { id } = await manage('POST', '/messages', {
    name: 'Plans',
    channel: 'email',
    content: { en: { subject: 'Your plan', mjml: mjml('<mj-text>Hi</mj-text>') } },
  });
  await manage('POST', '/contacts', { external_id: 'ada', first_name: 'Ada', last_name: 'Byron' });
  await page.goto(`${program.url}/w/${slug}/messages/${id}`);
  await shown().getByText('Hi').waitFor();

  await seeMistakes();
  await mendThem();
  await fillInWith('Ada Byron', { plan: 'pro' });
  await shown().getByText('Hello Ada, you are on pro').waitFor();
  await seeNoScriptRun();
  await seeTheInbox();
  await writeSubjects();
  await seeTheAmpPage();

  await loseAndRestore();
  await page.keyboard.press('Control+s');
  await page.getByText('All changes saved').waitFor();
  const saved = await manage('GET', `/messages/${id}`);
  expect(saved).toMatchObject({ version: 2 });
  expect(saved.content.en.mjml).toContain('you are on {{ event.plan }}');

  await saveOverSomebody(id);
}, 400_000);

async function seeMistakes(): Promise<void> {
  await write(mjml('<mj-text colour="red">Hi {{ contact.first_name }}</mj-text>'));
  const problem = page.getByRole('list', { name: 'What is wrong' }).getByRole('button');
  await problem.getByText(/colour/).waitFor();
  await problem.getByText('Line 5').waitFor();
  await page.getByText('1 problem', { exact: true }).waitFor();
  const marked = page.locator('.cm-lintRange-error');
  await expect
    .poll(async () => (await marked.allTextContents()).join(''), { timeout: SHOWS_MS })
    .toContain('colour="red"');
  await page.keyboard.press('Control+Home');
  await problem.click();
  await expect
    .poll(() => page.locator('.cm-activeLine').textContent(), { timeout: SHOWS_MS })
    .toContain('colour');
}

/** With what is offered: an attribute's value of an element of MJML, and a variable. */
async function mendThem(): Promise<void> {
  await write(mjml(''));
  await page.keyboard.press('Control+Home');
  for (let line = 1; line < 5; line += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.type('<mj-te');
  await takeOffered('mj-text');
  await page.keyboard.type(' align="ce');
  await takeOffered('center');
  await page.keyboard.press('End');
  await page.keyboard.type('>Hello {{ contact.first_n');
  await takeOffered('contact.first_name');
  // What the editor closed by itself is not needed here.
  await page.keyboard.press('Shift+Control+End');
  await page.keyboard.insertText(
    ' }}, you are on {{ event.plan }}</mj-text><mj-raw><script>document.body.dataset.ran = "1"' +
      '</script><hr></mj-raw>' +
      '</mj-column></mj-section></mj-body></mjml>',
  );
  await page.getByText('No problems').waitFor();
  await page.getByRole('button', { name: 'Format' }).click();
  await expect
    .poll(() => code().locator('.cm-line').count(), { timeout: SHOWS_MS })
    .toBeGreaterThan(8);
  await page.getByText('No problems').waitFor();
}

/** By the pointer: Enter would be the text's for a moment after the list opened. */
async function takeOffered(label: string): Promise<void> {
  const option = page.locator('.cm-tooltip-autocomplete li[aria-selected]');
  await option.getByText(label, { exact: true }).click();
  await option.waitFor({ state: 'detached' });
}

async function fillInWith(contact: string, params: object): Promise<void> {
  await page.getByRole('combobox', { name: 'As contact' }).fill('Ada');
  await page.getByRole('option', { name: contact }).click();
  await page.getByRole('button', { name: 'No event' }).click();
  await page.getByText('As written', { exact: true }).click();
  await page.locator('.cm-content[aria-label="Parameters of the event"]').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(JSON.stringify(params));
  await page.keyboard.press('Escape');
}

async function seeNoScriptRun(): Promise<void> {
  const frame = page.locator('iframe');
  expect(await frame.getAttribute('sandbox')).not.toContain('allow-scripts');
  expect(await frame.getAttribute('sandbox')).not.toContain('allow-same-origin');
  expect(await frame.getAttribute('srcdoc')).toContain('<script>');
  // It stands behind the script, which would have run by now.
  await shown().locator('hr').waitFor({ state: 'attached' });
  expect(await shown().getAttribute('data-ran')).toBeNull();
}

async function seeTheInbox(): Promise<void> {
  await page.getByText('Inbox', { exact: true }).click();
  await page.getByText('Gmail on a phone').waitFor();
  await page.getByText('Your plan').first().waitFor();
  await page.getByText('Message', { exact: true }).click();
}

/** A new one that is empty is a mistake when it was left, and says so once; Liquid is coloured. */
async function writeSubjects(): Promise<void> {
  await page.getByText('Subject and settings', { exact: true }).click();
  const first = page.getByLabel('Subject', { exact: true });
  await first.fill('Your {{ event.plan | upcase }} plan');
  expect(await first.inputValue()).toBe('Your {{ event.plan | upcase }} plan');
  await expect
    .poll(() => page.locator('[data-kind="mark"]').allTextContents())
    .toEqual(['{{', '}}']);
  await page.getByRole('button', { name: 'Add a subject' }).click();
  const second = page.getByLabel('Subject 2', { exact: true });
  await expect.poll(() => second.evaluate((field) => field === document.activeElement)).toBe(true);
  const mistake = page.getByText('Must not be empty.');
  await page.keyboard.press('Shift+Tab');
  await mistake.waitFor();
  expect(await mistake.count()).toBe(1);
  await second.focus();
  await mistake.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Remove subject 2' }).click();
  await page.getByText('MJML', { exact: true }).click();
}

/** Its parts as they lie there, in a frame without scripts; what only a mail program does is named. */
async function seeTheAmpPage(): Promise<void> {
  const parts = page.getByRole('radiogroup', { name: 'Part of the message' });
  const views = page.getByRole('radiogroup', { name: 'What is shown' });
  await parts.getByText('AMP', { exact: true }).click();
  await page.locator('.cm-content[aria-label="AMP"]').click();
  await page.keyboard.insertText(
    '<!doctype html><html ⚡4email><head><style amp4email-boilerplate>body{visibility:hidden}' +
      '</style></head><body><p>Plan {{ event.plan }}</p><amp-img src="https://x.example/a.png" ' +
      'width="60" height="20" alt="Chart"></amp-img><amp-list src="https://x.example/l.json">' +
      '<div placeholder>Soon here</div></amp-list></body></html>',
  );
  await views.getByText('AMP', { exact: true }).click();
  await shown().getByText('Plan pro').waitFor();
  await shown().getByRole('img', { name: 'Chart' }).waitFor();
  await shown().getByText('Soon here').waitFor();
  await page.getByText('These stand still: amp-list.').waitFor();
  expect(await page.locator('iframe').getAttribute('sandbox')).not.toContain('allow-scripts');
  await views.getByText('Message', { exact: true }).click();
  await parts.getByText('MJML', { exact: true }).click();
}

async function loseAndRestore(): Promise<void> {
  await page.getByText('Unsaved changes').waitFor();
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByText(/You have changes from .* that were not saved/).waitFor();
  await expect.poll(() => code().textContent(), { timeout: SHOWS_MS }).toContain('Hi');
  await page.getByRole('button', { name: 'Restore them' }).click();
  await expect.poll(() => code().textContent(), { timeout: SHOWS_MS }).toContain('you are on');
  // The event is remembered with the message, too.
  await shown().getByText('you are on pro').waitFor();
}

/** Somebody else saves while this one writes: nothing of theirs is lost unseen. */
async function saveOverSomebody(id: string): Promise<void> {
  const theirs = { subject: 'By Bob', mjml: mjml('<mj-text>Theirs</mj-text>') };
  await write(mjml('<mj-text>Mine</mj-text>'));
  await manage('PATCH', `/messages/${id}`, { content: { en: theirs } });
  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: 'See what differs' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/Grace saved version 3/).waitFor();
  await dialog.getByText('Theirs').first().waitFor();
  await dialog.getByRole('button', { name: 'Save mine over it' }).click();
  await page.getByText('All changes saved').waitFor();
  const saved = await manage('GET', `/messages/${id}`);
  expect(saved).toMatchObject({ version: 4 });
  expect(saved.content.en.mjml).toContain('Mine');
}
