/** An error as a person can use it: what happened, and what to do next. */
export interface Described {
  readonly title: string;
  readonly detail: string;
}

interface MaybeResponseError {
  readonly message?: string;
  readonly statusCode?: number;
  readonly body?: { readonly error?: { readonly message?: string } };
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'That was not accepted',
  401: 'Your session has ended. Load the page again to sign in',
  403: 'You may not do this',
  404: 'There is no such thing',
  409: 'It has changed in the meantime. Nothing was done',
  503: 'The promoter does not answer. What runs goes on running',
};

/** Says an error in words; never as markup. */
export function describeError(error: unknown): Described {
  const { message, statusCode, body } = (error ?? {}) as MaybeResponseError;
  const detail = body?.error?.message ?? message ?? String(error);
  if (statusCode !== undefined) {
    return { title: TITLES[statusCode] ?? `The backend answered ${statusCode}`, detail };
  }
  if (error instanceof TypeError) {
    return {
      title: 'The portal does not answer',
      detail: 'Is its backend running? This page tries again by itself.',
    };
  }
  return { title: 'Something went wrong', detail };
}
