export { listChannelsInUse } from './list-channels-in-use.ts';
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
  pageOfMessages,
} from './queries.ts';
export type { MessageHead, MessageLabels, MessageRef, MessageRow, VersionRow } from './queries.ts';
export { createRecipientTokens, recipientTokenKey } from './rendering/recipient-token.ts';
export type { RecipientToken, RecipientTokens } from './rendering/recipient-token.ts';
export { createRenderPool } from './rendering/render-pool.ts';
export type { RenderPool, RenderPoolOptions } from './rendering/render-pool.ts';
export { SETTINGS } from './rendering/content-rules.ts';
export { messageUrl } from './rendering/recipient-url.ts';
export { previewMessage } from './preview-message.ts';
export type { Mailing } from './rendering/finish-email.ts';
export { ownDomainOf } from './rendering/own-mailing.ts';
export type { OwnMailing } from './rendering/own-mailing.ts';
export type { RenderBatch, Rendered, RenderItem, RenderTemplate } from './rendering/render-job.ts';
export type { TemplateProblem } from './rendering/template-error.ts';
export { countSubjects, pickSubject, subjectsOf } from './subjects.ts';
export { personalisationOf } from './personalisation-of.ts';
export { pendingCalls } from './fetching/render-with-content.ts';
export type { FetchCall } from './fetching/fetch-call.ts';
export { FETCH_LIMITS } from './fetching/fetch-call.ts';
export { secretsFrom } from './fetching/secrets/open-secrets.ts';
export { findMissingSecrets } from './fetching/secrets/secret-uses.ts';
export { fetchSecretRoutes } from './fetching/secrets/routes.ts';
export type { AroundMessages } from './library/around-messages.ts';
export { findEntry } from './gallery/preview-entry.ts';
export { messageRoutes } from './routes.ts';
export { keepSingleContent } from './keep-single-content.ts';
export { literalText } from './literal-text.ts';
export { changeMessage, createMessage, readMessage, saveNewMessage } from './save-message.ts';
export { blockRoutes } from './blocks/routes.ts';
export { renewWork } from './blocks/renew-work.ts';
export { blocksOf } from './blocks/load-blocks.ts';
export { checkContent, withoutBlocks } from './check-content.ts';
export type { CheckedContent } from './check-content.ts';
export { findFlaw } from './checks/find-flaw.ts';
export { checkRoutes } from './checks/routes.ts';
export type { MessageToChange, MessageToCreate, MessageWithTags } from './save-message.ts';
