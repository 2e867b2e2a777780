/**
 * Types of value that operators know. `moment` is a date or date-time, `list` a multiple choice,
 * `version` a text of dotted numbers that is also compared by them.
 */
export type ValueType = 'text' | 'number' | 'boolean' | 'moment' | 'list' | 'version';

/**
 * What a leaf looks at: a field, whose type is known, or an event parameter (`json`), whose type
 * the operator and its value give.
 */
export type SubjectType = ValueType | 'json';
