import jsonpatch from 'fast-json-patch';
import { StatusError } from '../model/status-error.ts';

/** Operations that one patch may have, as on a real API server. */
const MAX_OPERATIONS = 10_000;

/**
 * Applies a JSON Patch (RFC 6902).
 * @returns a new value; the given one is not changed
 * @throws StatusError 400 for a malformed patch, 413 for too many operations, 422 when it does not fit
 */
export function applyJsonPatch(value: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw new StatusError(400, 'BadRequest', 'a JSON patch is a list of operations');
  if (patch.length > MAX_OPERATIONS)
    throw new StatusError(
      413,
      'RequestEntityTooLarge',
      `the patch has more than ${MAX_OPERATIONS} operations`,
    );
  try {
    return jsonpatch.applyPatch(structuredClone(value), patch, true, true, true).newDocument;
  } catch (cause) {
    const text = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new StatusError(
      422,
      'Invalid',
      `the server rejected our request due to an error in our request: ${text}`,
    );
  }
}
