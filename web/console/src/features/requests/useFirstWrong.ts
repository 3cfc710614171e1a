/** After a form could not be sent: the focus goes to the first field that is wrong. */
import { useEffect, useRef, useState } from 'react';

const WRONG = '[aria-invalid="true"], [data-wrong] input';

export function useFirstWrong(): (form: HTMLElement) => void {
  const form = useRef<HTMLElement | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>(WRONG)?.focus(); // the fields have been drawn with what is wrong with them
  }, [asked]);
  return (where) => {
    form.current = where;
    setAsked((before) => before + 1);
  };
}

/** A field with half a date in it, which would be left out silently. */
export const unreadableIn = (form: HTMLFormElement): HTMLInputElement | undefined => [...form.querySelectorAll('input')].find((field) => field.validity.customError);
