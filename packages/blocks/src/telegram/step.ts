import { messageStep } from '../message-block/message-step.ts';

export const telegramStep = messageStep('telegram');
