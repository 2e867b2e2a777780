import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { htmlCompletionSourceWith, type TagSpec } from '@codemirror/lang-html';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';
import type { TemplateElement } from './template-words.ts';

/**
 * Offers tags, attributes and their values: of HTML, and of the given elements each where it may
 * stand. Inside of an element that holds HTML, only HTML.
 */
export function completeMarkup(elements: readonly TemplateElement[] = []) {
  const complete = htmlCompletionSourceWith({
    extraTags: Object.fromEntries(elements.map((element) => [element.name, specOf(element)])),
  });
  const own = new Set(elements.map(({ name }) => name));
  const holdHtml = new Set(elements.filter((each) => each.holds_html).map(({ name }) => name));
  const isOwn = ({ label }: Completion) => own.has(label.replace(/^</, ''));
  return (context: CompletionContext): CompletionResult | null => {
    const found = complete(context);
    if (!found || !isWithin(context, holdHtml)) return found;
    return { ...found, options: found.options.filter((option) => !isOwn(option)) };
  };
}

function specOf({ attributes, children, holds_html: holdsHtml }: TemplateElement): TagSpec {
  return {
    attrs: attributes,
    globalAttrs: false,
    // Without a list any tag is offered.
    ...(holdsHtml || children === null ? {} : { children }),
  };
}

/** Whether the cursor is between the tags of one of these elements. */
function isWithin({ state, pos }: CompletionContext, names: ReadonlySet<string>): boolean {
  let node: SyntaxNode | null = syntaxTree(state).resolveInner(pos, -1);
  for (; node; node = node.parent) {
    if (node.name === 'Element' && names.has(nameOf(node, state)) && isBehindStart(node, pos)) {
      return true;
    }
  }
  return false;
}

function nameOf(element: SyntaxNode, state: EditorState): string {
  const name = element.firstChild?.getChild('TagName');
  return name ? state.sliceDoc(name.from, name.to) : '';
}

function isBehindStart(element: SyntaxNode, pos: number): boolean {
  return pos > (element.firstChild?.to ?? pos);
}
