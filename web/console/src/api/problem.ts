/** A refusal in the words of RFC 9457, with the product's `code`. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
    this.name = 'Problem';
  }

  /** What the server says about the refusal besides its sentence. */
  get facts(): Readonly<Record<string, unknown>> {
    const value = this.extra['facts'];
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  }
}

/** What an answer that is no success says; bodies that are no problem document become `server_error`. */
export async function problemOf(answer: Response): Promise<Problem> {
  try {
    const body = (await answer.json()) as Record<string, unknown>;
    const { code, detail, title, ...extra } = body;
    if (typeof code === 'string') {
      const text = typeof detail === 'string' ? detail : typeof title === 'string' ? title : '';
      return new Problem(answer.status, code, text, extra);
    }
  } catch {
    // Not JSON: a proxy's page says nothing a person could use.
  }
  return new Problem(answer.status, 'server_error', '');
}

export const isProblem = (error: unknown, code?: string): error is Problem =>
  error instanceof Problem && (code === undefined || error.code === code);

/** Whether what the address names is not there: the server knows it not, or the id in it is none. */
export const isAbsent = (error: unknown): boolean => error instanceof Problem && (error.status === 404 || error.status === 422);
