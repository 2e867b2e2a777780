/** One address of a send, as lists show it. */
export interface Delivery {
  id: string;
  send: string;
  message: string;
  message_name?: string | null;
  contact: string;
  channel: string;
  address: string;
  status: string;
  reason: string | null;
  at: string;
  provider?: string | null;
  subject?: string | null;
}

export interface GateAnswer {
  gate: string;
  passed: boolean;
  details?: unknown;
}

/** With the content as it was received, and why it was sent. */
export interface DeliveryDetails extends Delivery {
  content: Record<string, unknown> | null;
  raw?: string | null;
  provider_answer?: string | null;
  decision?: string | null;
  reasons?: GateAnswer[];
  workflow?: string | null;
  run?: string | null;
  statuses?: { status: string; at: string; reason?: string | null }[];
}
