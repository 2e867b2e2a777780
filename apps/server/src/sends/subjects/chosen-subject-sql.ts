/**
 * How the chosen one of several subjects was written; null where there was but one. Of a delivery `d`, its
 * send `s`, and the version `v` that was sent.
 */
export const chosenSubjectSql = `
  case d.subject when 0 then v.content -> s.language ->> 'subject'
                 else v.content -> s.language -> 'more_subjects' ->> d.subject - 1 end`;
