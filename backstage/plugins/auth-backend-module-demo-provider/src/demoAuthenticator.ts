import { stringifyEntityRef } from '@backstage/catalog-model';
import { AuthenticationError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** Names the demo user; a page of another site cannot send it. */
export const DEMO_USER_HEADER = 'x-drydock-demo-user';

/** Believes the header, for the users in `auth.providers.demo.users`. */
export const demoAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async ({ name }: { name: string; entityRef: string }) => ({
    profile: { displayName: `${name[0].toUpperCase()}${name.slice(1)}` },
  }),
  initialize({ config }) {
    return { users: config.getStringArray('users') };
  },
  async authenticate({ req }, { users }) {
    const name = req.header(DEMO_USER_HEADER) ?? '';
    if (!users.includes(name)) {
      throw new AuthenticationError(`choose one of ${users.join(', ')}`);
    }
    const entityRef = stringifyEntityRef({
      kind: 'User',
      namespace: 'default',
      name,
    });
    return { result: { name, entityRef } };
  },
});
