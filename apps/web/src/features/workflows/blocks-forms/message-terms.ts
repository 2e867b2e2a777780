import { sendTermsSchema, type SendTermsView } from '@perennial/contracts';
import type { Settings } from './form-props.ts';

const NAMES = ['priority', 'send_hours', 'ttl', 'addresses'] as const;

/** What a message block says of how its message leaves; what is not well formed is left to the code. */
export function termsOf(settings: Settings): SendTermsView {
  const said = Object.fromEntries(
    NAMES.flatMap((name) => {
      const parsed = sendTermsSchema.shape[name].safeParse(settings[name]);
      return parsed.success && parsed.data !== undefined ? [[name, parsed.data]] : [];
    }),
  );
  return said;
}
