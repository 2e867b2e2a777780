import type { Field } from '@perennial/contracts';
import type { FieldSubject, Vocabulary } from './vocabulary.ts';

/** The vocabulary with the labels that people gave the choices of their fields. */
export function withLooks(vocabulary: Vocabulary, fields: readonly Field[]): Vocabulary {
  const byKey = new Map(
    fields.map((field) => [field.system ? field.key : `custom.${field.key}`, field]),
  );
  return {
    ...vocabulary,
    fields: vocabulary.fields.map((field) => looked(field, byKey.get(field.key))),
  };
}

function looked(subject: FieldSubject, field: Field | undefined): FieldSubject {
  if (!field || !subject.choices) return subject;
  const choices = subject.choices.map(({ value, label }) => ({
    value,
    label: field.choice_looks[value]?.label ?? label,
  }));
  return { ...subject, choices };
}
