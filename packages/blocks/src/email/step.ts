import { messageStep } from '../message-block/message-step.ts';

export const emailStep = messageStep('email');
