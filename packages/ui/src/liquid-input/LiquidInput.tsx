import { TextInput, type TextInputProps } from '@mantine/core';
import { useMergedRef } from '@mantine/hooks';
import { useLayoutEffect, useRef, type ReactNode, type Ref } from 'react';
import { hasLiquid, liquidParts } from './liquid-parts.ts';
import classes from './LiquidInput.module.css';

interface LiquidInputProps extends Omit<TextInputProps, 'value'> {
  value: string;
  ref?: Ref<HTMLInputElement>;
}

/** What makes the same text as wide as in the field. */
const SAME = ['fontFamily', 'fontSize', 'fontWeight', 'letterSpacing'] as const;

/**
 * A field of one line whose Liquid is coloured. It is the browser's own field, with its keys, its undo
 * and its voice; the colours are the same text again, laid over it letter by letter.
 */
export function LiquidInput({ ref, ...props }: LiquidInputProps) {
  const { value, dir } = props;
  const field = useRef<HTMLInputElement>(null);
  const colours = useRef<HTMLSpanElement>(null);
  const merged = useMergedRef(field, ref ?? null);
  const follow = () => {
    if (field.current && colours.current) colours.current.scrollLeft = field.current.scrollLeft;
  };
  useLayoutEffect(() => {
    if (!field.current || !colours.current) return;
    const style = getComputedStyle(field.current);
    for (const name of SAME) colours.current.style[name] = style[name];
    // A field shows no text in its padding, also when the text is longer.
    colours.current.style.left = style.paddingLeft;
    colours.current.style.right = style.paddingRight;
    follow();
  });
  const laid = hasLiquid(value) ? <Colours {...{ value, dir }} ref={colours} /> : null;
  return (
    <TextInput
      {...props}
      ref={merged}
      inputContainer={(input) => withColours(input, laid)}
      onScroll={follow}
    />
  );
}

function withColours(input: ReactNode, colours: ReactNode): ReactNode {
  return (
    <div className={classes.field} data-coloured={colours !== null || undefined}>
      {input}
      {colours}
    </div>
  );
}

interface ColoursProps {
  value: string;
  dir: string | undefined;
  ref: Ref<HTMLSpanElement>;
}

function Colours({ value, dir, ref }: ColoursProps) {
  return (
    <span ref={ref} className={classes.colours} dir={dir} aria-hidden>
      {liquidParts(value).map(({ text, kind }, index) => (
        <span key={index} data-kind={kind}>
          {text}
        </span>
      ))}
    </span>
  );
}
