import { appendFile, appendFileSync } from 'node:fs';
import type { ArcOptions } from '../../contract/options.js';
import type { RequestView } from '../../contract/request.js';
import { httpStatusOf } from '../error-status.js';
import { redactMessage } from '../redact.js';
import { maskRequest } from './mask.js';

/** Writes the end of a call: with the error when the provider refused it. */
export type EndRecord = (error?: unknown) => void;

/** Writes requests to a file, one line of JSON each, as the application made them. */
export interface Recorder {
  readonly file: string;
  /** Takes a request down as it is now; the caller may go on changing it. */
  begin(view: RequestView): EndRecord;
}

/** What a recorder needs. */
interface RecorderOptions {
  readonly file: string;
  /** Write prompts as they are; otherwise they are masked. */
  readonly content: boolean;
  /** Told once when the file cannot be written; nothing is recorded from then on. */
  readonly failed: (error: unknown) => void;
}

/** Time between two writes, in milliseconds. */
const EVERY_MS = 100;
/** Lines of this many characters in all are written at once. */
const MOST_WAITING = 1_048_576;

/** The recorder these options ask for: the one that runs already, when it writes to that file; none when they ask for none. */
export function recorderFor(
  { record, recordContent }: Pick<ArcOptions, 'record' | 'recordContent'>,
  running: Recorder | undefined,
  failed: (error: unknown) => void,
): Recorder | undefined {
  if (record === '') return undefined;
  return running?.file === record
    ? running
    : createRecorder({ file: record, content: recordContent, failed });
}

/** Opens nothing yet: the file is made with the first request. */
function createRecorder({ file, content, failed }: RecorderOptions): Recorder {
  const state = { waiting: '', timer: undefined as NodeJS.Timeout | undefined, isBroken: false };
  const breakOff = (error: unknown): void => {
    if (!state.isBroken) failed(error);
    state.isBroken = true;
    state.waiting = '';
  };
  const take = (): string => {
    const text = state.waiting;
    state.waiting = '';
    state.timer = undefined;
    return text;
  };
  const write = (): void => {
    appendFile(file, take(), (error) => {
      if (error) breakOff(error);
    });
  };
  process.on('exit', () => {
    try {
      if (state.waiting !== '') appendFileSync(file, take());
    } catch (error) {
      breakOff(error);
    }
  });
  return {
    file,
    begin(view) {
      const head = state.isBroken ? '' : lineOf(view, content);
      return (error) => {
        if (state.isBroken || head === '') return;
        state.waiting += `${head}${refusalOf(error)}}\n`;
        if (state.waiting.length > MOST_WAITING) write();
        else state.timer ??= setTimeout(write, EVERY_MS).unref();
      };
    },
  };
}

/** The line without its end; empty for what JSON has no words for: the call goes on without being recorded. */
function lineOf({ provider, api, params }: RequestView, content: boolean): string {
  try {
    return JSON.stringify({ provider, api, body: content ? params : maskRequest(params) }).slice(0, -1);
  } catch {
    return '';
  }
}

/** How the provider refused the request; nothing for other failures, which say nothing of it. */
function refusalOf(error: unknown): string {
  const status = httpStatusOf(error);
  if (status === undefined || status < 400) return '';
  const message = redactMessage(error instanceof Error ? error.message : String(error));
  return `,"error":${JSON.stringify({ status, message })}`;
}
