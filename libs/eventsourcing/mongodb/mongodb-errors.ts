import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';
import { StoreUnavailable } from '../errors.ts';

const unreachable = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoTopologyClosedError,
  MongoServerClosedError,
  MongoClientClosedError,
];

// Shutting down, stepping down, no primary, out of time: https://www.mongodb.com/docs/manual/reference/error-codes/
const passing = new Set([6, 7, 50, 64, 89, 91, 189, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436]);

/** Does what is asked; a deployment that is away, or changing its primary, shows as `StoreUnavailable`. */
export async function reaching<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (isUnavailable(error)) throw new StoreUnavailable(`MongoDB is away: ${error.message}`, { cause: error });
    throw error;
  }
}

function isUnavailable(error: unknown): error is MongoError {
  if (!(error instanceof MongoError)) return false;
  // A bulk write that lost its connection hides that in an error of its own.
  if (error instanceof MongoBulkWriteError && isUnavailable(error.errorResponse)) return true;
  if (unreachable.some((kind) => error instanceof kind)) return true;
  if (error.hasErrorLabel('TransientTransactionError') || error.hasErrorLabel('RetryableWriteError')) return true;
  return error instanceof MongoServerError && passing.has(Number(error.code));
}

const DUPLICATE_KEY = 11000;

/** Where a bulk write failed on nothing but ids already there, the places of those writes; otherwise undefined. */
export function duplicatesIn(error: unknown): readonly number[] | undefined {
  if (!(error instanceof MongoBulkWriteError)) return undefined;
  const failed = [error.writeErrors].flat();
  const onlyDuplicates = failed.length > 0 && failed.every(({ code }) => code === DUPLICATE_KEY);
  return onlyDuplicates && error.result.getWriteConcernError() === undefined
    ? failed.map(({ index }) => index)
    : undefined;
}

/** Whether the server answered with this error code. */
export function isServerError(error: unknown, code: number): boolean {
  return error instanceof MongoServerError && error.code === code;
}
