import type { Provider } from '../provider.ts';

/** The sender itself stores the message, in the transaction of its outcome. */
export const sandbox: Provider<'sandbox'> = { carries: 'inside' };
