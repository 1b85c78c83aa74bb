export interface Config {
  portal?: {
    /**
     * What the sign-in page offers where there are no demo users: `oidc`, `github`.
     * @visibility frontend
     */
    signIn?: string[];
  };
  auth?: {
    providers?: {
      /** Sign-in by choosing a name; on a loopback address only. */
      demo?: {
        /**
         * The users to choose from.
         * @visibility frontend
         */
        users: string[];
      };
    };
  };
}
