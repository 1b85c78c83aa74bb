import jsonpatch, { type Operation } from 'fast-json-patch';
import { StatusError } from '../model/status-error.ts';

/** Operations that one patch may have, as on a real API server. */
const MAX_OPERATIONS = 10_000;
/** Bytes that the copies of one patch may add up to: copies of copies would double without end. */
const MAX_COPIED = 3 * 1024 * 1024;

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
    return applyOperations(structuredClone(value), patch as Operation[]);
  } catch (cause) {
    if (cause instanceof StatusError) throw cause;
    const text = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new StatusError(
      422,
      'Invalid',
      `the server rejected our request due to an error in our request: ${text}`,
    );
  }
}

function applyOperations(document: unknown, operations: readonly Operation[]): unknown {
  let copied = 0;
  return operations.reduce((current, operation, index) => {
    if (operation.op === 'copy')
      copied += JSON.stringify(jsonpatch.getValueByPointer(current, operation.from))?.length ?? 0;
    if (copied > MAX_COPIED)
      throw new StatusError(
        413,
        'RequestEntityTooLarge',
        `the copies of the patch are larger than ${MAX_COPIED} bytes`,
      );
    return jsonpatch.applyOperation(current, operation, true, true, true, index).newDocument;
  }, document);
}
