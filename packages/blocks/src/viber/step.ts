import { messageStep } from '../message-block/message-step.ts';

export const viberStep = messageStep('viber');
