import { IdentityProviders, SignInPage } from '@backstage/core-components';
import { configApiRef, githubAuthApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { DemoSignInPage } from './DemoSignInPage';
import { oidcAuthApiRef } from './oidcAuthApi';

const oidc = {
  id: 'oidc',
  title: 'OpenID Connect',
  message: 'Sign in with the account of your organization',
  apiRef: oidcAuthApiRef,
};
const github = {
  id: 'github',
  title: 'GitHub',
  message: 'Sign in with GitHub',
  apiRef: githubAuthApiRef,
};

/** The demo users where they are configured; otherwise what `portal.signIn` names. */
export const PortalSignInPage = (props: SignInPageProps) => {
  const config = useApi(configApiRef);
  const users = config.getOptionalStringArray('auth.providers.demo.users');
  if (users) return <DemoSignInPage {...props} users={users} />;
  const wanted = config.getOptionalStringArray('portal.signIn') ?? ['oidc'];
  const providers: IdentityProviders = [oidc, github].filter(({ id }) => wanted.includes(id));
  return <SignInPage {...props} providers={providers} />;
};
