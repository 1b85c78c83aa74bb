export interface Config {
  drydock: {
    promoter: {
      /** Where the promoter listens. */
      url: string;
      /** The file with the key that is shared with the promoter. */
      keyFile: string;
    };
  };
}
