import {
  idParams,
  messageCheckRequestSchema,
  messageCheckResultSchema,
} from '@perennial/contracts';
import { defineRoute, Problem, type ManageRoute } from '../../http/index.ts';
import { mayReadPersonal } from '../../users/index.ts';
import { checkMessage, type CheckParts } from './check-message.ts';

export function checkRoutes(parts: CheckParts): ManageRoute[] {
  const check = defineRoute({
    method: 'POST',
    url: '/messages/:id/check',
    right: 'member',
    summary: 'Check a message, or a draft of it, before it is sent',
    description:
      'Size, links, pictures, spam words, translations, variables and more. Findings stand in ' +
      'nobody’s way: what cannot be sent at all is refused when it is saved or started. With `reach`, ' +
      'which takes `messages.write`, the servers of links and pictures are asked.',
    params: idParams,
    body: messageCheckRequestSchema,
    bodyLimit: 8 * 1024 * 1024,
    response: messageCheckResultSchema,
    example: { body: { languages: ['en'] } },
    handler: ({ db, now, rights, workspace, params, body }) => {
      if (body.contact !== undefined && !mayReadPersonal(rights)) {
        throw new Problem('forbidden', {
          detail: 'Checking for a contact takes the right contacts.read_personal.',
        });
      }
      if (body.reach && !rights.has('messages.write')) {
        throw new Problem('forbidden', {
          detail: 'Asking the servers of links takes the right messages.write.',
        });
      }
      return checkMessage(db, parts, { workspace, now, ...params, ...body });
    },
  });

  return [check];
}
