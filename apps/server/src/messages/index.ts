export { listSenders } from './list-senders.ts';
export { chooseLanguage } from './choose-language.ts';
export { contactVariables, findContactCard } from './contact-variables.ts';
export type { ContactCardRow, ContactRef } from './contact-variables.ts';
export {
  findMessage,
  headKey,
  loadMessageCategories,
  loadMessageHeads,
  loadMessageLabels,
  loadMessageSending,
  loadVersion,
} from './queries.ts';
export type { MessageHead, MessageLabels, MessageRef, MessageRow, VersionRow } from './queries.ts';
export { createRecipientTokens, recipientTokenKey } from './rendering/recipient-token.ts';
export type { RecipientToken, RecipientTokens } from './rendering/recipient-token.ts';
export { createRenderPool } from './rendering/render-pool.ts';
export type { RenderPool, RenderPoolOptions } from './rendering/render-pool.ts';
export type { Mailing } from './rendering/finish-email.ts';
export { ownDomainOf } from './rendering/own-mailing.ts';
export type { OwnMailing } from './rendering/own-mailing.ts';
export type { RenderBatch, Rendered, RenderItem, RenderTemplate } from './rendering/render-job.ts';
export type { TemplateProblem } from './rendering/template-error.ts';
export { messageRoutes } from './routes.ts';
export { createMessage } from './save-message.ts';
export type { MessageToChange, MessageToCreate, MessageWithTags } from './save-message.ts';
