import {
  keepSurvivors,
  takeEarlier,
  type ContactTable,
  type Settle,
} from '../contact-rows/index.ts';

/** One person is a member since the earlier of both entries. */
const earlierEntry: Settle = ({ kept, dropped }) => {
  const { entered_at } = takeEarlier('entered_at')({ kept, dropped });
  return { ...kept, entered_at: entered_at! };
};

/** Whoever moves rows does it within `keepMemberships`. */
export const contactTables: ContactTable[] = [
  { table: 'memberships', slotted: true, conflict: { key: ['segment_id'], settle: earlierEntry } },
  {
    table: 'version_members',
    slotted: true,
    conflict: { key: ['segment_id', 'version'], settle: keepSurvivors },
  },
];
