import { SignInPage } from '@backstage/core-components';
import { configApiRef, githubAuthApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { DemoSignInPage } from './DemoSignInPage';

/** The demo users where they are configured; otherwise the providers in `auth.providers`. */
export const PortalSignInPage = (props: SignInPageProps) => {
  const providers = useApi(configApiRef).getOptionalConfig('auth.providers');
  const users = providers?.getOptionalStringArray('demo.users');
  if (users) return <DemoSignInPage {...props} users={users} />;
  return (
    <SignInPage
      {...props}
      auto
      provider={{
        id: 'github',
        title: 'GitHub',
        message: 'Sign in with GitHub',
        apiRef: githubAuthApiRef,
      }}
    />
  );
};
