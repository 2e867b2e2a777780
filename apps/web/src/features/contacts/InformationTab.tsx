import type { ContactCard } from '@perennial/contracts';
import type { ComponentType } from 'react';
import { CategoriesPanel } from './CategoriesPanel.tsx';
import { ChannelsPanel } from './ChannelsPanel.tsx';
import { ConsentPanel } from './ConsentPanel.tsx';
import { ConflictsPanel } from './ConflictsPanel.tsx';
import { CustomFieldsPanel } from './CustomFieldsPanel.tsx';
import { DevicesPanel } from './DevicesPanel.tsx';
import { IdentityPanel } from './IdentityPanel.tsx';
import { MergesPanel } from '../merges/MergesPanel.tsx';
import { PromoCodesPanel } from '../promo-codes/PromoCodesPanel.tsx';
import { OrdersPanel } from './OrdersPanel.tsx';
import { ListsPanel } from './ListsPanel.tsx';
import { PersonalPanel } from './PersonalPanel.tsx';
import classes from './ContactPage.module.css';

type CardPanel = ComponentType<{ contact: ContactCard }>;

const CardOrders: CardPanel = ({ contact }) => <OrdersPanel contactId={contact.id} />;

const CardPromoCodes: CardPanel = ({ contact }) => <PromoCodesPanel contactId={contact.id} />;

/** What a card tells, a file a panel: in the order in which it is read, column by column. What waits for an answer comes first. */
const columns: readonly (readonly CardPanel[])[] = [
  [ConflictsPanel, ChannelsPanel, PersonalPanel, IdentityPanel],
  [
    CustomFieldsPanel,
    ListsPanel,
    CategoriesPanel,
    ConsentPanel,
    CardOrders,
    CardPromoCodes,
    DevicesPanel,
    MergesPanel,
  ],
];

export function InformationTab({ contact }: { contact: ContactCard }) {
  return (
    <div className={classes.columns}>
      {columns.map((panels, n) => (
        <div key={n} className={classes.column}>
          {panels.map((CardPanel, at) => (
            <CardPanel key={at} contact={contact} />
          ))}
        </div>
      ))}
    </div>
  );
}
