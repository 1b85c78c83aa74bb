import { UnavailableError } from '@drydock/model';
import { z } from 'zod';

const sessionSchema = z.object({ token: z.string().min(1) });

/** Posts JSON and returns the body of the answer. */
export type Post = (url: URL, body: object) => Promise<unknown>;

/**
 * Signs in to Argo CD as its local admin (https://argo-cd.readthedocs.io/en/stable/developer-guide/api-docs/#authorization).
 *
 * @throws UnavailableError when it does not answer with a token
 */
export async function argocdSession(post: Post, target: URL, password: string): Promise<string> {
  const answer = await post(new URL('/api/v1/session', target), { username: 'admin', password });
  const parsed = sessionSchema.safeParse(answer);
  if (parsed.success) return parsed.data.token;
  throw new UnavailableError(
    'Argo CD did not accept its initial password for "admin"; it may have been changed',
  );
}
