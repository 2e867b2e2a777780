import type { ContactTable } from '../contact-rows/index.ts';

export const contactTables: ContactTable[] = [{ table: 'promo_grants' }];
