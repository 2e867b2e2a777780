import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { startProgram, type Program } from './journey-program.ts';

/** What has to show by itself shows within seconds. */
const SHOWS_MS = 30_000;

let program: Program;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram({ sample: false }), launchBrowser()]);
  context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1600, height: 1000 },
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
  page.setDefaultTimeout(SHOWS_MS);
  await page.goto(program.link);
  await page.getByLabel('Your name').fill('Grace');
  await page.getByLabel('Password', { exact: true }).fill('a few words to remember');
  await page.getByRole('button', { name: 'Set password and log in' }).click();
  await page.getByRole('navigation').waitFor();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

interface Workflow {
  id: string;
  definition: { first?: string; blocks: Record<string, { type: string; exits: object }> };
}

/** A call of the management API by the session of the page. */
async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  return page.evaluate(
    async ({ how, to, sent }) => {
      const session = await (await fetch('/manage/v1/session')).json();
      const answer = await fetch(`/manage/v1${to}`, {
        method: how,
        headers: {
          'x-workspace': session.workspaces[0].id,
          'x-csrf-token': session.csrf_token,
          'content-type': 'application/json',
        },
        ...(sent && { body: JSON.stringify(sent) }),
      });
      if (!answer.ok) throw new Error(`${how} ${to}: ${await answer.text()}`);
      return answer.json();
    },
    { how: method, to: path, sent: body },
  );
}

const frame = { language: 1, start: { type: 'manual' }, stop: [] };

/** Makes a workflow and opens its builder. */
async function openBuilder(name: string, definition: object): Promise<Workflow> {
  const workflow = await call<Workflow>('POST', '/workflows', { name, definition });
  const [, slug] = /\/w\/([^/]+)/.exec(page.url())!;
  await page.goto(`${program.url}/w/${slug}/workflows/${workflow.id}`);
  await block('#start').waitFor();
  return workflow;
}

function block(id: string): Locator {
  return page.locator(`.react-flow__node[data-id="${id}"]`);
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** What is saved of a workflow, as soon as it is so. */
function saved({ id }: Workflow) {
  return expect.poll(
    async () => {
      const { definition } = await call<Workflow>('GET', `/workflows/${id}`);
      const ways = Object.entries(definition.blocks).flatMap(([source, { exits }]) =>
        Object.entries(exits).map(([exit, target]) => `${source}.${exit}>${String(target)}`),
      );
      return [`start>${definition.first}`, ...ways].sort();
    },
    { timeout: SHOWS_MS },
  );
}

/** Types into the search that is open and takes what it finds first. */
async function choose(query: string): Promise<void> {
  const search = page.getByRole('dialog').getByRole('combobox');
  await search.waitFor();
  await search.pressSequentially(query);
  await press('Enter');
  await search.waitFor({ state: 'detached' });
}

async function expectFocusOn(id: string): Promise<void> {
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset['id']);
  await expect.poll(focused, { timeout: SHOWS_MS }).toBe(id);
}

test('a workflow is built from nothing by keyboard alone', async () => {
  onTestFailed(() => void process.stderr.write(program.said()));
  const workflow = await openBuilder('By keyboard', { ...frame, blocks: {} });
  await page.getByText('What happens first?').waitFor();
  await press('a');
  await choose('timer');
  await expectFocusOn('timer_1');
  await press('a');
  await choose('split');
  await expectFocusOn('split_1');
  await press('a');
  await choose('checkp');
  await expectFocusOn('checkpoint_1');
  // Up to the split, whose other exit is free, and to an end from there.
  await press('ArrowUp');
  await expectFocusOn('split_1');
  await press('a');
  await choose('end');
  await expectFocusOn('end_1');
  // The checkpoint leads to the same end.
  await press('ArrowUp', 'ArrowDown');
  await expectFocusOn('checkpoint_1');
  await press('a');
  await choose('end_1');
  await saved(workflow).toEqual([
    'checkpoint_1.next>end_1',
    'split_1.a>checkpoint_1',
    'split_1.b>end_1',
    'start>timer_1',
    'timer_1.next>split_1',
  ]);
  await press('n');
  await page.keyboard.type('Why we part');
  await press('Escape');
  await press('/');
  await choose('split');
  await expectFocusOn('split_1');
  await press('Delete', 'Control+z');
  await block('split_1').waitFor();
  await press('?');
  await page.getByText('Keyboard shortcuts of the builder').waitFor();
  await press('Escape');
  await page.getByText('no errors').waitFor();
}, 180_000);
