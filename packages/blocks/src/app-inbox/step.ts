import { messageStep } from '../message-block/message-step.ts';

export const appInboxStep = messageStep('app_inbox');
