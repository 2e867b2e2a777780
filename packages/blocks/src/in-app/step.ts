import { messageStep } from '../message-block/message-step.ts';

export const inAppStep = messageStep('in_app');
