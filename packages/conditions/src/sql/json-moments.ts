/**
 * Dates in parameters: SQL beside `readMoment`. A value is taken apart by its form, since what a
 * day or a time without offset means depends on a zone, and zones are TypeScript's business.
 */
export interface MomentForms {
  /** Of epoch milliseconds and of times with an offset: the instant in epoch milliseconds. */
  readonly instant: (milliseconds: string) => string;
  /** Of a time without offset: its text as `YYYY-MM-DDThh:mm:ss.fff`, in collation C. */
  readonly local: (text: string) => string;
  /** Of a day: its text as `YYYY-MM-DD`, in collation C. */
  readonly day: (text: string) => string;
}

const TIME = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?';
const OFFSET = '([Zz]|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)';
/** Numbers of two digits that 4 divides, but 00. */
const FOURS = '(0[48]|[2468][048]|[13579][26])';
/** Days that there are: a cast to a date would raise an error at others. */
const DATE = [
  '[0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])',
  '[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)',
  '[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])',
  `([0-9]{2}${FOURS}|${FOURS}00)-02-29`,
].join('|');
const SHAPE = `^(${DATE})([Tt ]${TIME}${OFFSET}?)?$`;
/** What of a time's end is an offset; a date's end looks like one, so it is asked of times only. */
const OFFSET_AT_END = '([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$';

/** What the expression of the value's form says; null for what is no date. */
export function jsonMoment(value: string, { instant, local, day }: MomentForms): string {
  return `(select case
     when moment.kind = 'number' then ${instant('moment.text::numeric')}
     when moment.kind is distinct from 'string' then null
     when moment.text ~ '^[0-9]{12,13}$' then ${instant('moment.text::numeric')}
     when moment.text !~ '${SHAPE}' or moment.text like '0000%' then null
     when length(moment.text) = 10 then ${day('moment.text collate "C"')}
     when moment.text ~ '${OFFSET_AT_END}' then ${instant(INSTANT)}
     else ${local(`${LOCAL} collate "C"`)} end
    from (select jsonb_typeof(${value}) as kind, ${value} #>> '{}' as text) as moment)`;
}

/** More than milliseconds is cut, not rounded. */
const FRACTION = `rpad(left(coalesce(substring(moment.text from '[.]([0-9]+)'), ''), 3), 3, '0')`;

const SECOND = `(case when substr(moment.text, 17, 1) = ':' then substr(moment.text, 18, 2) else '00' end)`;

const LOCAL = `(left(moment.text, 10) || 'T' || substr(moment.text, 12, 5) || ':' || ${SECOND} || '.' || ${FRACTION})`;

/** Minutes ahead of UTC. PostgreSQL itself refuses offsets of more than 15 hours. */
const AHEAD = `(case when right(moment.text, 1) in ('Z', 'z') then 0
       else (select (case left(shift, 1) when '-' then -1 else 1 end)
                    * (substr(shift, 2, 2)::int * 60 + coalesce(nullif(substr(shift, 4), ''), '0')::int)
               from replace(substring(moment.text from '[+-][0-9]{2}:?[0-9]{0,2}$'), ':', '') as shift) end)`;

const INSTANT = `((left(moment.text, 10)::date - date '1970-01-01') * 86400000::bigint
       + substr(moment.text, 12, 2)::int * 3600000 + substr(moment.text, 15, 2)::int * 60000
       + ${SECOND}::int * 1000 + ${FRACTION}::int - ${AHEAD} * 60000)::numeric`;
