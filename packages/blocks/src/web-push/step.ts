import { messageStep } from '../message-block/message-step.ts';

export const webPushStep = messageStep('web_push');
