/** Major, minor and patch. */
export type Version = readonly [major: number, minor: number, patch: number];

/** The first three numbers in a text, for example of `v0.33.0`; undefined when there are none. */
export function parseVersion(text: string): Version | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (match === null) return undefined;
  const [, major = '0', minor = '0', patch = '0'] = match;
  return [Number(major), Number(minor), Number(patch)];
}

/** Less than, equal to or greater than 0, as the left version is older, the same or newer. */
export function compareVersions(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}
