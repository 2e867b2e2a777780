let serial = 0;

/** A call of a random known contact, 1 % of them unknown, about 200 bytes. */
export function trackCall(contacts: number): Record<string, unknown> {
  serial += 1;
  const unknown = serial % 100 === 0;
  return {
    type: 'track',
    userId: unknown ? `new${serial}` : `u${1 + Math.floor(Math.random() * contacts)}`,
    event: `Type${serial % 10}`,
    messageId: `call-${serial}`,
    timestamp: new Date().toISOString(),
    properties: {
      kind: 'Strength',
      burned: 100 + (serial % 700),
      minutes: serial % 60,
      lesson: `l${serial % 500}`,
    },
  };
}
