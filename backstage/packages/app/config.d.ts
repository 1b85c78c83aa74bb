export interface Config {
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
