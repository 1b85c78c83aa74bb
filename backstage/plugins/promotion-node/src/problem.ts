import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';

/** Problem details of RFC 9457, as the promoter sends them. */
const problemSchema = z.object({
  detail: z.string().optional(),
  problems: z.array(z.string()).optional(),
});

/** Turns a refusal of the promoter into the error that Backstage answers with the same status. */
export async function errorOf(response: Response): Promise<Error> {
  const message = await messageOf(response);
  switch (response.status) {
    case 400:
    case 413:
    case 422:
      return new InputError(message);
    case 401:
      return new AuthenticationError(`the promoter does not accept the portal's signature: ${message}`);
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return new ConflictError(message);
    default:
      return new ServiceUnavailableError(`the promoter answered ${response.status}: ${message}`);
  }
}

async function messageOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { detail, problems = [] } = problemSchema.parse(JSON.parse(text));
    const more = problems.filter(problem => !detail?.includes(problem));
    return [detail, ...more].filter(Boolean).join('\n') || response.statusText;
  } catch {
    return response.statusText || `status ${response.status}`;
  }
}
