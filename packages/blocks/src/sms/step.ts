import { messageStep } from '../message-block/message-step.ts';

export const smsStep = messageStep('sms');
