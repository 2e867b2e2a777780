import type { Contact, Message, WorkflowListItem } from '@perennial/contracts';
import { useList } from '../../app/data.ts';

export type FirstStep = 'event' | 'contact' | 'message' | 'workflow' | 'outbox';

/** The first steps in their order, and which of them are done already. */
export function useFirstSteps(): { id: FirstStep; done: boolean }[] {
  const events = useList('/events', { query: { limit: 8 }, every: 2_000 });
  const contacts = useList<Contact>('/contacts', { query: { limit: 1 }, every: 30_000 });
  const messages = useList<Message>('/messages', { query: { limit: 500 } });
  const workflows = useList<WorkflowListItem>('/workflows', { query: { limit: 500 } });
  const deliveries = useList('/deliveries', { query: { limit: 1 }, every: 10_000 });
  return [
    { id: 'event', done: events.items.length > 0 },
    { id: 'contact', done: contacts.items.length > 0 },
    { id: 'message', done: messages.items.length > 0 },
    { id: 'workflow', done: workflows.items.some((workflow) => workflow.state === 'active') },
    { id: 'outbox', done: deliveries.items.length > 0 },
  ];
}
