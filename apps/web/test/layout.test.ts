import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { startProgram, type Program } from './journey-program.ts';

/** What has to show by itself shows within seconds. */
const SHOWS_MS = 20_000;
const PHONE = { width: 360, height: 740 };
const TABLET = { width: 820, height: 1100 };
const DESK = { width: 1440, height: 900 };

const LONG_NAME = {
  first_name: 'Maximiliane-Aleksandra',
  last_name: 'Berg-Hohenstein-Wolfenschießen',
};
const LONG_ADDRESS = 'a-mailbox-with-a-name-that-does-not-end@subdomain.of.a-long.example.com';

let program: Program;
let browser: Browser;
let page: Page;
/** The contact with the longest values. */
let longest: string;
let manage: (method: string, path: string, body?: object) => Promise<{ id: string }>;

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram({ sample: false }), launchBrowser()]);
  const context = await browser.newContext({ locale: 'en-US', viewport: DESK });
  page = await context.newPage();
  page.setDefaultTimeout(SHOWS_MS);
  await page.goto(program.link);
  await page.getByLabel('Your name').fill('Grace');
  await page.getByLabel('Password', { exact: true }).fill('a few words to remember');
  await page.getByRole('button', { name: 'Set password and log in' }).click();
  await page.getByText('Grace').first().waitFor();
  manage = await managing();
  await makePeople();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

/** The management API as the one who is logged in calls it. */
async function managing(): Promise<typeof manage> {
  const request = page.context().request;
  const session = await (await request.get(`${program.url}/manage/v1/session`)).json();
  return async (method, path, body) => {
    const answer = await request.fetch(`${program.url}/manage/v1${path}`, {
      method,
      headers: {
        'x-csrf-token': session.csrf_token,
        'x-workspace': session.workspaces[0].id,
        ...(method === 'POST' && { 'idempotency-key': crypto.randomUUID() }),
      },
      data: body,
    });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.json();
  };
}

/** A contact with more than most have, and some others. */
async function makePeople(): Promise<void> {
  await manage('POST', '/fields', {
    key: 'favourite_long_distance_running_discipline',
    label: 'Favourite long-distance running discipline of the last season',
    type: 'text',
  });
  const { id } = await manage('POST', '/contacts', {
    external_id: 'long',
    ...LONG_NAME,
    email: LONG_ADDRESS,
    phone: '+380501234567',
    language: 'en',
    custom: {
      favourite_long_distance_running_discipline: 'Ultramarathon-through-the-mountains '.repeat(4),
    },
  });
  longest = id;
  for (let n = 0; n < 5; n += 1)
    await manage('POST', '/contacts', { external_id: `u${n}`, first_name: `Ada ${n}` });
}

async function open(path: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/w/${workspaceSlug()}/${path}`);
}

function workspaceSlug(): string {
  return new URL(page.url()).pathname.split('/')[2]!;
}

/**
 * What of the page lies beyond its edges: the page itself, when it is wider than the window, and
 * controls that neither show whole nor can be scrolled to.
 */
async function beyondTheEdges(): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const found =
      scrollWidth > clientWidth ? [`the page, ${scrollWidth} px wide in ${clientWidth} px`] : [];
    for (const control of document.querySelectorAll('main button, main [role="tab"]')) {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const edge = cutBy(control);
      if (edge)
        found.push(`"${control.getAttribute('aria-label') ?? control.textContent}", ${edge}`);
    }
    return found;

    /** Whoever scrolls shows what it holds, if it shows itself. */
    function cutBy(control: Element): string | undefined {
      let { left, right } = control.getBoundingClientRect();
      for (let around = control.parentElement; around; around = around.parentElement) {
        const overflow = getComputedStyle(around).overflowX;
        if (overflow === 'visible') continue;
        const box = around.getBoundingClientRect();
        if (overflow === 'hidden' || overflow === 'clip') {
          if (left < box.left - 1 || right > box.right + 1) return `cut by ${around.className}`;
        } else ({ left, right } = box);
      }
      return left < -1 || right > window.innerWidth + 1 ? `from ${left} to ${right} px` : undefined;
    }
  });
}

/** All of these buttons are seen, whole, in the window, as soon as they have come to rest. */
async function expectInSight(...names: string[]): Promise<void> {
  for (const name of names) {
    await expect.poll(() => isInSight(name), { message: name, timeout: SHOWS_MS }).toBe(true);
  }
}

async function isInSight(name: string): Promise<boolean> {
  const { width, height } = page.viewportSize()!;
  const box = await page.getByRole('button', { name, exact: true }).first().boundingBox();
  if (!box) return false;
  return box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
}

describe.each([
  ['a phone', PHONE],
  ['a tablet', TABLET],
  ['a desk', DESK],
])('on %s', (_, size) => {
  beforeEach(async () => page.setViewportSize(size));

  test('All contacts and what is done with them stay within the window', async () => {
    await open('contacts');
    await page.locator('[data-row="5"]').waitFor();
    await expectInSight('New contact', 'More');
    expect(await beyondTheEdges()).toEqual([]);
  });

  test('the card of a contact stays within the window, and so do its actions', async () => {
    await open(`contacts/${longest}`);
    await page.getByRole('tab', { name: 'Information' }).waitFor();
    await page.getByText('Favourite long-distance').first().waitFor();
    await expectInSight('Edit', 'More actions');
    expect(await beyondTheEdges()).toEqual([]);
    await page.getByRole('tab', { name: /^Activity/ }).click();
    await page.getByText('Became a contact').waitFor();
    await expectInSight('Edit', 'More actions');
    expect(await beyondTheEdges()).toEqual([]);
  });

  test("the settings of recipients' pages stay within the window", async () => {
    await open('settings/pages');
    await page.getByText('Height of the logo').waitFor();
    await expectInSight('Save');
    expect(await beyondTheEdges()).toEqual([]);
  });
});

test("recipients' pages are seen as drafted, in a frame that runs nothing, and then saved", async () => {
  await page.setViewportSize(DESK);
  await open('settings/pages');
  await page.getByLabel('Company and address').fill('Stride Ltd, <script>Dublin');
  const frame = page.frameLocator('iframe');
  await frame.getByText('Stride Ltd, <script>Dublin').waitFor();
  expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('All changes saved').waitFor();
});

test('actions on picked contacts stay within a narrow window', async () => {
  await page.setViewportSize(TABLET);
  await open('contacts');
  await page.locator('[data-row="0"] [role="gridcell"]').first().click();
  await page.getByRole('toolbar').getByText('1 selected').waitFor();
  await expectInSight('Change');
  expect(await beyondTheEdges()).toEqual([]);
});

test('closing an event whose row has moved away leaves the focus in the list', async () => {
  await page.setViewportSize(DESK);
  await open('events');
  await page.locator('[data-row="0"]').waitFor();
  await page.locator('[data-row="0"]').focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary');
  await panel.getByRole('heading', { level: 2 }).waitFor();
  const more = Array.from({ length: 45 }, (_, n) =>
    manage('POST', '/events', { event: 'Moved', params: { n } }),
  );
  await Promise.all(more);
  // As many rows as that are not drawn.
  await page.locator('[data-row="20"]').getByText('Moved').waitFor();
  await page.locator('[data-active]').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  const row = await page.evaluate(() => (document.activeElement as HTMLElement).dataset['row']);
  expect(row).toBe('0');
}, 60_000);

test('a live view that stopped says so on a phone, and looks again', async () => {
  await page.setViewportSize(PHONE);
  await page.route('**/events/live*', (route) => route.fulfill({ status: 503 }));
  await open('events');
  await expectInSight('Look again', 'Pause');
  expect(await beyondTheEdges()).toEqual([]);
  await page.unroute('**/events/live*');
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
});
