/** `/sign-in?next=…&problem=…`: where to go on, why the institution's page let nobody in. */
export type SignInSearch = { next?: string; problem?: string };

/** A place outside of the console is none; a problem is a code, never a sentence somebody else wrote. */
export function validateSignInSearch(search: Record<string, unknown>): SignInSearch {
  const { next, problem } = search;
  return {
    ...(typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {}),
    ...(typeof problem === 'string' && /^[a-z_]{1,60}$/.test(problem) ? { problem } : {}),
  };
}
