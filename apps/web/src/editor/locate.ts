import { jsonLanguage } from '@codemirror/lang-json';

export interface TextRange {
  from: number;
  to: number;
}

/**
 * Where the value at a JSON pointer stands in a text. What is missing is shown at the nearest
 * parent that is there; a text that is not JSON is read as far as it goes.
 */
export function locate(text: string, pointer: string): TextRange {
  const top = jsonLanguage.parser.parse(text).topNode.firstChild;
  let node = top;
  for (const part of partsOf(pointer)) {
    const inner = node && childAt(text, node, part);
    if (!inner) break;
    node = inner;
  }
  return node ? { from: node.from, to: node.to } : { from: 0, to: 0 };
}

function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

type SyntaxNode = NonNullable<
  ReturnType<typeof jsonLanguage.parser.parse>['topNode']['firstChild']
>;

function childAt(text: string, node: SyntaxNode, part: string): SyntaxNode | null {
  if (node.name === 'Object') return memberOf(text, node, part);
  if (node.name === 'Array') return itemOf(node, Number(part));
  return null;
}

function memberOf(text: string, node: SyntaxNode, name: string): SyntaxNode | null {
  for (const property of node.getChildren('Property')) {
    const key = property.getChild('PropertyName');
    if (key && text.slice(key.from, key.to) === JSON.stringify(name)) return property.lastChild;
  }
  return null;
}

function itemOf(node: SyntaxNode, index: number): SyntaxNode | null {
  const items: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (/^[A-Z]/.test(child.name)) items.push(child);
  }
  return items[index] ?? null;
}
