import { isRecord, number, record } from './adapters/shape.js';

/** Where the SDKs keep the status of a refused request. */
const STATUS_FIELDS = ['status', 'statusCode', 'status_code'];

/** The HTTP status of a provider's answer, from what an SDK throws; undefined when there was no answer. */
export function httpStatusOf(error: unknown): number | undefined {
  if (!isRecord(error)) return undefined;
  for (const field of STATUS_FIELDS) {
    const status = number(error[field]);
    if (status !== undefined) return status;
  }
  return number(record(error['$metadata'])['httpStatusCode']); // the AWS SDK
}
