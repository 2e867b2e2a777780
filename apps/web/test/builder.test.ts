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

test('a block is dropped on an edge, undone, copied into another workflow, and its problems shown', async () => {
  onTestFailed(() => void process.stderr.write(program.said()));
  const chain = {
    ...frame,
    first: 'wait',
    blocks: {
      wait: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'done' } },
      done: { type: 'end', exits: {} },
    },
  };
  const workflow = await openBuilder('By mouse', chain);
  await block('done').waitFor();
  await dropOnEdgeTo('done', 'email');
  await block('email_1').waitFor();
  await saved(workflow).toEqual(['email_1.next>done', 'start>wait', 'wait.next>email_1']);
  const errors = page.getByRole('button', { name: '1 error' });
  await errors.waitFor();
  await press('Control+z');
  await block('email_1').waitFor({ state: 'detached' });
  await saved(workflow).toEqual(['start>wait', 'wait.next>done']);
  await press('Control+Shift+z');
  await block('email_1').waitFor();

  await block('wait').click();
  await block('email_1').click({ modifiers: ['Shift'] });
  await page.getByText('2 selected').waitFor();
  await press('Control+c');
  const other = await openBuilder('Pasted', { ...frame, blocks: {} });
  await press('Control+v');
  await block('email_1').waitFor();
  await saved(other).toEqual(['start>wait', 'wait.next>email_1']);

  await errors.click();
  await press('Escape');
  await errors.click();
  await page
    .getByRole('complementary')
    .getByRole('button', { name: /email_1/ })
    .click();
  await expectFocusOn('email_1');
}, 180_000);

/** As a hand does: takes a kind from the palette to the middle of the edge above a block. */
async function dropOnEdgeTo(id: string, kind: string): Promise<void> {
  const from = (await page.locator(`[data-kind="${kind}"]`).boundingBox())!;
  const to = (await block(id).boundingBox())!;
  await page.mouse.move(from.x + 30, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 90, from.y + 30, { steps: 3 });
  await page.mouse.move(to.x + to.width / 2, to.y - 24, { steps: 5 });
  // The first move onto something says that it was entered, the next that the pointer is over it.
  await page.mouse.move(to.x + to.width / 2, to.y - 20, { steps: 2 });
  await page.getByText('Drop here').waitFor();
  await page.mouse.up();
}

test('what somebody else saves meanwhile is told, and nothing is overwritten', async () => {
  onTestFailed(() => void process.stderr.write(program.said()));
  const mine = { ...frame, first: 'done', blocks: { done: { type: 'end', exits: {} } } };
  const workflow = await openBuilder('By two', mine);
  const path = `**/manage/v1/workflows/${workflow.id}`;
  await page.route(path, (route) =>
    route.request().method() === 'PATCH' && route.request().postData()?.includes('timer_1')
      ? route.abort()
      : route.continue(),
  );
  await block('done').click();
  await press('a');
  await choose('timer');
  await block('timer_1').waitFor();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await call('PATCH', `/workflows/${workflow.id}`, {
    definition: { ...mine, limits: { reentry: 'once' } },
  });
  await page.unroute(path);
  await page.getByRole('button', { name: 'Keep mine' }).waitFor();
  expect(
    (await call<{ definition: object }>('GET', `/workflows/${workflow.id}`)).definition,
  ).toMatchObject({ limits: { reentry: 'once' } });
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await expect
    .poll(async () => (await call<Workflow>('GET', `/workflows/${workflow.id}`)).definition, {
      timeout: SHOWS_MS,
    })
    .toMatchObject({ blocks: { timer_1: { type: 'timer' } } });
}, 180_000);

test('a block that is there is dragged onto another edge, and one undo brings it back', async () => {
  onTestFailed(() => void process.stderr.write(program.said()));
  const workflow = await openBuilder('Moved over', {
    ...frame,
    first: 'wait',
    blocks: {
      wait: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'mark' } },
      mark: { type: 'checkpoint', name: 'Here', exits: { next: 'done' } },
      done: { type: 'end', exits: {} },
    },
  });
  await block('done').waitFor();
  await dragOntoEdgeTo('wait', 'mark');
  await saved(workflow).toEqual(['mark.next>wait', 'start>mark', 'wait.next>done']);
  await press('Control+z');
  await saved(workflow).toEqual(['mark.next>done', 'start>wait', 'wait.next>mark']);
}, 180_000);

test('several blocks go onto an edge as a chain, pasted or dragged, and what is no chain is refused', async () => {
  onTestFailed(() => void process.stderr.write(program.said()));
  const workflow = await openBuilder('Chains', {
    ...frame,
    first: 'wait',
    blocks: {
      wait: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'mark' } },
      mark: { type: 'checkpoint', name: 'Here', exits: { next: 'rest' } },
      rest: { type: 'timer', wait: { n: 2, unit: 'day' }, exits: { next: 'done' } },
      done: { type: 'end', exits: {} },
    },
  });
  const before = ['mark.next>rest', 'rest.next>done', 'start>wait', 'wait.next>mark'];
  await block('done').waitFor();
  await select('wait', 'mark');
  await press('Control+c');
  await clickEdgeTo('done');
  await press('Control+v');
  await saved(workflow).toEqual(
    [
      ...before.filter((way) => way !== 'rest.next>done'),
      'rest.next>timer_1',
      'timer_1.next>checkpoint_1',
      'checkpoint_1.next>done',
    ].sort(),
  );
  await press('Control+z');
  await saved(workflow).toEqual(before);

  await select('wait', 'rest');
  await press('Control+c');
  await clickEdgeTo('done');
  await press('Control+v');
  await page.getByText('No single way in').waitFor();
  await page.getByText('Wait 2 days · Wait 1 day').waitFor();

  await select('mark', 'rest');
  await dragOntoEdgeTo('wait', 'mark');
  await saved(workflow).toEqual([
    'mark.next>rest',
    'rest.next>wait',
    'start>mark',
    'wait.next>done',
  ]);
  await press('Control+z');
  await saved(workflow).toEqual(before);
}, 180_000);

async function select(first: string, second: string): Promise<void> {
  await block(first).click();
  await block(second).click({ modifiers: ['Shift'] });
  await page.getByText('2 selected').waitFor();
}

/** The lower end of the edge that leads to a block. */
async function clickEdgeTo(id: string): Promise<void> {
  const box = (await block(id).boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y - 20);
}

async function dragOntoEdgeTo(id: string, dragged: string): Promise<void> {
  const [from, to] = [(await block(dragged).boundingBox())!, (await block(id).boundingBox())!];
  await page.mouse.move(from.x + 100, from.y + 30);
  await page.mouse.down();
  await page.mouse.move(from.x + 120, from.y + 20, { steps: 3 });
  await page.mouse.move(to.x + to.width / 2, to.y - 20, { steps: 8 });
  await page.getByText('Drop here').waitFor();
  await page.mouse.up();
}

test('several blocks are aligned by keyboard, and a note is written, coloured, copied and removed', async () => {
  onTestFailed(() => void process.stderr.write(program.said()));
  interface Drawn {
    definition: {
      blocks: Record<string, { position?: { x: number; y: number } }>;
      notes?: Record<string, { text: string; colour: string }>;
    };
  }
  const workflow = await openBuilder('Notes', {
    ...frame,
    first: 'parts',
    blocks: {
      parts: { type: 'split', weights: { a: 1, b: 1 }, exits: { a: 'left', b: 'right' } },
      left: { type: 'end', exits: {} },
      right: { type: 'end', exits: {} },
    },
  });
  function drawn(read: (definition: Drawn['definition']) => unknown) {
    return expect.poll(
      async () => read((await call<Drawn>('GET', `/workflows/${workflow.id}`)).definition),
      { timeout: SHOWS_MS },
    );
  }
  await block('right').waitFor();
  await block('left').click();
  await block('right').click({ modifiers: ['Shift'] });
  const tools = page.getByRole('toolbar', { name: 'Tools for what is selected' });
  await tools.waitFor();
  // To the third tool, past copying and duplicating.
  await press('s', 'ArrowRight', 'ArrowRight', 'Enter');
  await drawn(({ blocks }) => blocks['left']?.position?.x === blocks['right']?.position?.x).toBe(
    true,
  );
  await press('Escape', 'Escape');
  await tools.waitFor({ state: 'detached' });

  await press('Shift+N');
  await page.getByLabel('Text of the note').waitFor();
  await page.keyboard.type('Ask Lena first');
  await press('Escape');
  await tools.getByRole('button', { name: 'Blue' }).click();
  await press('Control+d');
  await drawn(({ notes }) => Object.values(notes ?? {}).map((note) => note.text)).toEqual([
    'Ask Lena first',
    'Ask Lena first',
  ]);
  await drawn(({ notes }) => notes?.['note_2']?.colour).toBe('blue');
  await press('Delete');
  await drawn(({ notes }) => Object.keys(notes ?? {})).toEqual(['note_1']);
  await page.getByText('no errors').waitFor();
}, 180_000);
