/** What the reader may do with a request now, and what keeps them from a step that its state allows: the server says both. */
import type { RequestDetail, RequestStep } from '@/api/footage';

type Case = Pick<RequestDetail, 'steps'>;

export const mayDo = ({ steps }: Case, step: RequestStep): boolean => steps.some((one) => one.step === step && one.blocked_by === null);

/** The code of what keeps the reader from it; null when nothing does, undefined when the state does not allow the step to anybody. */
export const blockedBy = ({ steps }: Case, step: RequestStep): string | null | undefined => steps.find((one) => one.step === step)?.blocked_by;
