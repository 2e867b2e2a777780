export const FIELD_INDEX_BUILD = 'contacts.index_values';
export const FIELD_INDEX_DROP = 'contacts.drop_index';
