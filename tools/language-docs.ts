import {
  appliesTo,
  checkDefinition,
  englishMessages,
  fieldCatalogue,
  isNegative,
  operators,
  segmentConditions,
  sentence,
  type Definition,
  type Operator,
  type SubjectType,
} from '@perennial/conditions';
import { IntlMessageFormat } from 'intl-messageformat';
import { format } from 'prettier';
import { EXAMPLES, HEAD, MEASURES, NAMES, PERIODS, REST } from './language-docs-texts.ts';

const fields = fieldCatalogue({ plan: 'choice', weight: 'decimal', goals: 'multiple_choice' });
const messages = englishMessages(segmentConditions);

/** The page about the segment language: the examples are checked and said by the language itself. */
export async function languageDocs(): Promise<string> {
  const parts = [
    HEAD,
    '## Conditions',
    ...EXAMPLES.map(exampleSection),
    '## Operators',
    operatorTable(),
    MEASURES,
    PERIODS,
    REST,
  ];
  return format(parts.join('\n\n'), { parser: 'markdown' });
}

function exampleSection({ title, text, include }: (typeof EXAMPLES)[number]): string {
  const { definition, said } = checked(include);
  return `### ${title}\n\n${text}\n\n\`\`\`json\n${JSON.stringify(definition.include, null, 2)}\n\`\`\`\n\n_Who ${said}._`;
}

/** As it is stored, and in words; throws for an example that is wrong. */
function checked(include: unknown): { definition: Definition; said: string } {
  const outcome = checkDefinition({ language: 1, include }, { fields });
  if (!outcome.ok) throw new Error(`${JSON.stringify(include)}: ${JSON.stringify(outcome.issues)}`);
  const said = sentence(outcome.value, {
    types: segmentConditions,
    names: NAMES,
    format(key, values) {
      return String(new IntlMessageFormat(messages[key]!, 'en').format(values));
    },
  });
  return { definition: outcome.value, said };
}

const TYPES: Record<Exclude<SubjectType, 'json'>, string> = {
  text: 'text',
  number: 'number',
  boolean: 'yes or no',
  moment: 'date',
  list: 'several choices',
  version: 'version',
};

function operatorTable(): string {
  const rows = Object.values(operators as Record<string, Operator>).map((operator) => {
    const types = Object.entries(TYPES).flatMap(([type, name]) =>
      appliesTo(operator, type as SubjectType) ? [name] : [],
    );
    const negative = isNegative(operator) ? 'yes' : '';
    return `| \`${operator.op}\` | ${operator.label} | ${types.join(', ')} | ${negative} |`;
  });
  return [
    'Of events’ parameters every operator can be asked; it gives the type. A negative operator is true ' +
      'for whoever has no value.',
    ['| operator | read as | values | negative |', '|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}
