import { ProxiedSignInPage } from '@backstage/core-components';
import type { IdentityApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Card, CardBody, Text } from '@backstage/ui';
import { useState } from 'react';
import styles from './DemoSignInPage.module.css';
import { demoUserStore } from './demoUserStore';

/** What a demo user is for; a user who is not listed is shown by name alone. */
const ABOUT: Readonly<Record<string, string>> = {
  developer: 'Deploys, rolls back, and approves what others have asked for.',
  operator: 'Runs the fleet: freezes environments, and everything else.',
  viewer: 'Sees everything and changes nothing.',
};

/** Lets one choose who to be. For a fleet on one machine only; the backend refuses it elsewhere. */
export const DemoSignInPage = (props: SignInPageProps & { readonly users: readonly string[] }) => {
  const { users, onSignInSuccess } = props;
  const [user, setUser] = useState(demoUserStore.get(users));
  if (user !== undefined) {
    return (
      <ProxiedSignInPage
        provider="demo"
        headers={{ 'x-drydock-demo-user': user }}
        onSignInSuccess={identity => onSignInSuccess(forgetful(identity))}
      />
    );
  }
  const choose = (name: string) => {
    demoUserStore.set(name);
    setUser(name);
  };
  return (
    <main className={styles.page}>
      <Text as="h1" variant="title-large">
        Drydock
      </Text>
      <Text as="p" variant="body-large" color="secondary">
        This fleet runs on your machine. Choose who you are.
      </Text>
      <div className={styles.users}>
        {users.map(name => (
          <Card key={name} onPress={() => choose(name)} label={`Sign in as ${name}`}>
            <CardBody>
              <Text as="h2" variant="title-x-small">
                {name}
              </Text>
              <Text as="p" color="secondary">
                {ABOUT[name] ?? 'A user of this fleet.'}
              </Text>
            </CardBody>
          </Card>
        ))}
      </div>
    </main>
  );
};

/** Signing out leads back to the choice. */
function forgetful(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    signOut() {
      demoUserStore.clear();
      return identity.signOut();
    },
  };
}
