import { RIGHTS, ROLES, type Role } from '@perennial/contracts';
import {
  delivery,
  deliveryDetails,
  messages,
  renderedHtml,
  run,
  movePreview,
  stats,
  steps,
  workflows,
} from './configuration.ts';
import type { Answer } from './answer.ts';
import { control } from './control.ts';
import { consents } from './consents.ts';
import { get, paged, post, some } from './replies.ts';
import { eventAnswers } from './event-answers.ts';
import { order } from './orders.ts';
import { activity, contact } from './people.ts';
import { peopleAnswers } from './people-answers.ts';
import { mergeAnswers } from './merge-answers.ts';
import { segmentAnswers } from './segment-answers.ts';
import { settingsAnswers } from './settings-answers.ts';

function session() {
  const role = control.role as Role;
  const rights = ROLES[role]?.rights ?? Object.keys(RIGHTS);
  return {
    user: {
      id: '1',
      email: 'ada@example.com',
      name: 'Ada Park',
      locale: 'en-GB',
      time_zone: 'Europe/Berlin',
      preferences: {},
      totp_enabled: false,
    },
    workspaces: [
      {
        id: '1',
        slug: 'fitness',
        name: 'Fit',
        time_zone: 'Europe/Berlin',
        currency: 'EUR',
        sample: true,
        role,
        rights,
      },
      {
        id: '2',
        slug: 'shop',
        name: 'Corner shop',
        time_zone: 'Europe/Kyiv',
        currency: 'UAH',
        sample: false,
        role,
        rights,
      },
    ],
    csrf_token: 'fixture',
  };
}

const numbered = (id: string) => Number(id.replace(/\D/g, ''));

export const answers: readonly Answer[] = [
  get(/^\/session$/, () => (control.out ? { problem: 401, code: 'unauthenticated' } : session())),
  post(/^\/session$/, ({ body }) => {
    if (body.password !== 'perennial') return { problem: 401, code: 'invalid_credentials' };
    if (String(body.email).startsWith('totp') && body.totp !== '123456') {
      return { problem: 401, code: body.totp ? 'totp_invalid' : 'totp_required' };
    }
    control.out = 0;
    return session();
  }),
  { method: 'DELETE', path: /^\/session$/, reply: () => ((control.out = 1), {}) },
  get(/^\/session\/setup$/, ({ query }) =>
    query.get('token') === 'used'
      ? { problem: 410, code: 'link_expired' }
      : { email: 'ada@example.com', name: '', purpose: 'first_login', totp_required: false },
  ),
  post(/^\/session\/setup$/, () => ((control.out = 0), session())),
  get(/^\/simulator$/, () => ({ running: control.simulator === 1 })),
  {
    method: 'PATCH',
    path: /^\/simulator$/,
    reply: ({ body }) => ((control.simulator = body.running ? 1 : 0), { running: body.running }),
  },
  get(/^\/contacts$/, (request) => {
    const search = request.query.get('search') ?? request.query.get('filter');
    const all = request.query.get('deleted') ? 0 : control.items;
    return paged(request, search ? Math.min(all, 7) : all, (n) => contact(search ? n * 17 : n));
  }),
  get(/^\/contacts\/(\d+)$/, (_request, [id = '']) => contact(Number(id) - 100_000)),
  {
    method: 'PATCH',
    path: /^\/contacts\/(\d+)$/,
    reply: ({ body }, [id = '']) => ({ ...contact(Number(id) - 100_000), ...body }),
  },
  get(/^\/contacts\/(\d+)\/consents$/, () => ({
    items: control.items === 0 ? [] : consents,
    next_cursor: null,
  })),
  get(/^\/contacts\/(\d+)\/orders$/, (request) =>
    paged(request, Math.min(control.items, 9), order),
  ),
  get(/^\/contacts\/(\d+)\/activity$/, (request, [id = '']) => {
    const kinds = request.query.get('kinds')?.split(',');
    const page = paged(request, control.items * 4, (n) => activity(n, id));
    return {
      ...page,
      items: kinds ? page.items.filter((item) => kinds.includes(item.kind)) : page.items,
      counts: {
        event: control.items * 3,
        send: control.items,
        order: 0,
        form: 0,
        segment: 4,
        subscription: 2,
        field: 9,
        profile: 1,
      },
    };
  }),
  ...eventAnswers,
  get(/^\/messages$/, (request) => some(request, messages)),
  post(/^\/messages$/, ({ body }) => ({ ...messages[0], ...body, id: '3' })),
  get(/^\/messages\/(\d+)$/, (_request, [id]) => messages.find((message) => message.id === id)),
  {
    method: 'PATCH',
    path: /^\/messages\/(\d+)$/,
    reply: ({ body }, [id]) => ({ ...messages.find((message) => message.id === id), ...body }),
  },
  post(/^\/messages\/(\d+)\/preview$/, ({ body }) => ({
    language: 'en',
    content: {
      subject: 'Welcome, Maya',
      preheader: 'Twelve minutes',
      html: renderedHtml('Maya'),
      text: 'Welcome, Maya',
      title: 'Keep your 12 days',
      body: 'Ten minutes are enough.',
    },
    problems: JSON.stringify(body).includes('{{ oops')
      ? [{ path: '/mjml', message: 'unclosed output', line: 4, excerpt: '{{ oops' }]
      : [],
  })),
  post(/^\/messages\/(\d+)\/test$/, () => ({ delivery: 'd1', status: 'queued' })),
  get(/^\/deliveries$/, (request) => paged(request, control.items * 6, delivery)),
  get(/^\/deliveries\/(d\d+)$/, (_request, [id = '']) => deliveryDetails(numbered(id))),
  get(/^\/workflows$/, (request) => some(request, workflows)),
  post(/^\/workflows$/, ({ body }) => ({ ...workflows[2], ...body, id: '3' })),
  post(/^\/workflows\/validate$/, ({ body }) => verdict(body.definition)),
  get(/^\/workflows\/(\d+)$/, (_request, [id]) => workflows.find((workflow) => workflow.id === id)),
  {
    method: 'PATCH',
    path: /^\/workflows\/(\d+)$/,
    reply: ({ body }, [id]) =>
      Object.assign(workflows.find((workflow) => workflow.id === id) ?? {}, body, {
        changed: true,
      }),
  },
  post(/^\/workflows\/(\d+)\/(publish|activate|pause|archive)$/, (_request, [id, verb = '']) => {
    const states: Record<string, string> = {
      activate: 'active',
      pause: 'paused',
      archive: 'archived',
    };
    const workflow = workflows.find((each) => each.id === id) ?? {};
    return Object.assign(
      workflow,
      verb === 'publish' ? { changed: false, published_version: 4 } : { state: states[verb] },
    );
  }),
  get(/^\/workflows\/(\d+)\/stats$/, () => stats),
  get(/^\/workflows\/(\d+)\/move$/, () => movePreview),
  get(/^\/workflows\/(\d+)\/runs$/, (request, [id = '']) =>
    paged(request, control.items * 10, (n) => run(n, id)),
  ),
  get(/^\/workflows\/runs\/r(\d+)-(\d+)$/, (_request, [workflow = '', n = '']) => ({
    ...run(Number(n), workflow),
    context: { kind: 'event', event: 'SignedUp', params: { plan: 'trial' } },
    steps: steps(Number(n)),
    truncated: false,
  })),
  ...mergeAnswers,
  ...segmentAnswers,
  ...peopleAnswers,
  ...settingsAnswers,
];

/** As much checking as it takes to show problems in the editor. */
function verdict(definition: unknown) {
  const { blocks = {}, first } = (definition ?? {}) as {
    blocks?: Record<string, { type?: string; exits?: Record<string, string> }>;
    first?: string;
  };
  const errors = Object.entries(blocks).flatMap(([id, block]) =>
    Object.entries(block.exits ?? {})
      .filter(([, target]) => !blocks[target])
      .map(([exit, target]) => ({
        path: `/blocks/${id}/exits/${exit}`,
        block: id,
        message: `There is no block "${target}".`,
      })),
  );
  if (!first || !blocks[first])
    errors.push({ path: '/first', block: '', message: 'The first block does not exist.' });
  return {
    valid: errors.length === 0,
    errors,
    warnings: [
      {
        path: '/start/event',
        block: null,
        message: 'The event type SignedUp has not been seen yet.',
      },
    ],
  };
}
