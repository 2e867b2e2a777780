import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { startProgram, type Program } from './journey-program.ts';

/** What has to show by itself shows within seconds, on a busy machine too. */
const SHOWS_MS = 30_000;

/** A program with an empty workspace, and a page of it in which the first person is logged in. */
export interface JourneyWorkspace {
  program: Program;
  browser: Browser;
  context: BrowserContext;
  page: Page;
  /** A page of the workspace by its path, such as `campaigns`. */
  open(path: string): Promise<void>;
  /** A call of the management API, by the session of the page. */
  call<Answer>(method: string, path: string, body?: object): Promise<Answer>;
  stop(): Promise<void>;
}

export async function openJourneyWorkspace(
  options: { callsLoopback?: boolean } = {},
): Promise<JourneyWorkspace> {
  const [program, browser] = await Promise.all([
    startProgram({ sample: false, ...options }),
    launchBrowser(),
  ]);
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(SHOWS_MS);
  await page.goto(program.link);
  await page.getByLabel('Your name').fill('Grace');
  await page.getByLabel('Password', { exact: true }).fill('a few words to remember');
  await page.getByRole('button', { name: 'Set password and log in' }).click();
  await page.getByRole('navigation').waitFor();
  const { origin, pathname } = new URL(page.url());
  const home = `${origin}${pathname.split('/').slice(0, 3).join('/')}`;
  return {
    program,
    browser,
    context,
    page,
    open: async (path) => {
      await page.goto(`${home}/${path}`);
    },
    call: await caller(context, program.url),
    stop: async () => {
      await browser.close();
      await program.stop();
    },
  };
}

async function caller(context: BrowserContext, url: string): Promise<JourneyWorkspace['call']> {
  const { request } = context;
  const session = await (await request.get(`${url}/manage/v1/session`)).json();
  return async (method, path, body) => {
    const answer = await request.fetch(`${url}/manage/v1${path}`, {
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
