import { uiTexts } from '@perennial/ui';
import { webhooksTexts } from '../features/webhooks/texts.ts';
import { alarmsTexts } from '../features/alarms/texts.ts';
import { appsTexts } from '../features/apps/texts.ts';
import { campaignsTexts } from '../features/campaigns/texts.ts';
import { conditionsTexts } from '../features/conditions/texts.ts';
import { contactsTexts } from '../features/contacts/texts.ts';
import { eventsTexts } from '../features/events/texts.ts';
import { homeTexts } from '../features/home/texts.ts';
import { contactListTexts } from '../features/contacts/list/texts.ts';
import { jobsTexts } from '../features/jobs/texts.ts';
import { mergesTexts } from '../features/merges/texts.ts';
import { personalisationTexts } from '../features/messages/personalisation/texts.ts';
import { attachmentsTexts } from '../features/messages/attachments/texts.ts';
import { subjectsTexts } from '../features/messages/subjects/texts.ts';
import { checksTexts } from '../features/messages/checks/texts.ts';
import { draftTexts } from '../features/messages/draft/texts.ts';
import { emailTexts } from '../features/messages/email/texts.ts';
import { blocksTexts } from '../features/blocks/texts.ts';
import { previewTexts } from '../features/messages/preview/texts.ts';
import { messagesTexts } from '../features/messages/texts.ts';
import { outboxTexts } from '../features/outbox/texts.ts';
import { promoCodesTexts } from '../features/promo-codes/texts.ts';
import { recipientPagesTexts } from '../features/recipient-pages/texts.ts';
import { segmentEditorTexts } from '../features/segments/editor/texts.ts';
import { segmentsTexts } from '../features/segments/texts.ts';
import { privacyTexts } from '../features/privacy/texts.ts';
import { sessionTexts } from '../features/session/texts.ts';
import { channelsTexts } from '../features/settings/channels/texts.ts';
import { senderDomainsTexts } from '../features/sender-domains/texts.ts';
import { receivingTexts } from '../features/sending/receiving/texts.ts';
import { sendingTexts } from '../features/sending/texts.ts';
import { fetchSecretsTexts } from '../features/settings/fetch-secrets/texts.ts';
import { mailboxesTexts } from '../features/settings/mailboxes/texts.ts';
import { auditTexts } from '../features/settings/audit/texts.ts';
import { settingsTexts } from '../features/settings/texts.ts';
import { tagsTexts } from '../features/tags/texts.ts';
import { libraryTexts } from '../features/messages/library/texts.ts';
import { blockFormsTexts } from '../features/workflows/blocks-forms/texts.ts';
import { startFormsTexts } from '../features/workflows/start-forms/texts.ts';
import { ownFormsTexts } from '../features/workflows/blocks-forms/own-texts.ts';
import { choiceTexts } from '../features/workflows/blocks-forms/choice-texts.ts';
import { variantsTexts } from '../features/workflows/variants/texts.ts';
import { workflowsTexts } from '../features/workflows/texts.ts';
import { builderTexts } from '../editor/builder/texts.ts';
import { numbersTexts } from '../features/workflows/numbers/texts.ts';
import { testTexts } from '../features/workflows/test/texts.ts';
import { appTexts } from './texts.ts';

/** Every text of the interface by its id, in ICU message syntax. */
export const catalogue = {
  ...uiTexts,
  ...appTexts,
  ...sessionTexts,
  ...homeTexts,
  ...conditionsTexts,
  ...contactsTexts,
  ...contactListTexts,
  ...jobsTexts,
  ...mergesTexts,
  ...segmentsTexts,
  ...segmentEditorTexts,
  ...messagesTexts,
  ...personalisationTexts,
  ...libraryTexts,
  ...checksTexts,
  ...draftTexts,
  ...emailTexts,
  ...previewTexts,
  ...subjectsTexts,
  ...attachmentsTexts,
  ...blocksTexts,
  ...campaignsTexts,
  ...outboxTexts,
  ...workflowsTexts,
  ...blockFormsTexts,
  ...startFormsTexts,
  ...builderTexts,
  ...variantsTexts,
  ...testTexts,
  ...numbersTexts,
  ...choiceTexts,
  ...sendingTexts,
  ...receivingTexts,
  ...senderDomainsTexts,
  ...recipientPagesTexts,
  ...eventsTexts,
  ...settingsTexts,
  ...tagsTexts,
  ...channelsTexts,
  ...mailboxesTexts,
  ...fetchSecretsTexts,
  ...auditTexts,
  ...appsTexts,
  ...webhooksTexts,
  ...promoCodesTexts,
  ...ownFormsTexts,
  ...alarmsTexts,
  ...privacyTexts,
} as const;

export type TextId = keyof typeof catalogue;
