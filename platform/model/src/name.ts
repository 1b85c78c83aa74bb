import { z } from 'zod';

const DNS_LABEL = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * A name of a unit, cluster, environment or team: a DNS label that starts with a letter, so that it is also legal as
 * a git ref component, a path segment and a Kubernetes Service name (RFC 1035).
 */
export const nameSchema = z
  .string()
  .regex(
    DNS_LABEL,
    'expected a name of lower case letters, digits and "-", at most 63 characters, starting with a letter',
  );

/** Whether a string is a {@link nameSchema name}. */
export function isName(value: string): boolean {
  return DNS_LABEL.test(value);
}
