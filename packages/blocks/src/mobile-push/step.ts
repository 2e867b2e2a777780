import { messageStep } from '../message-block/message-step.ts';

export const mobilePushStep = messageStep('mobile_push');
