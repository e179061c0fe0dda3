import { noFacts, type ResponseFacts, type StreamReader } from './adapter.js';
import { googleOutput, type Answer } from './google-genai-content.js';
import { modalityOf, noteModality, type TokenKind } from './modality-tokens.js';
import { integer, isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** Reads a whole answer. */
export function readGenerated(data: unknown): ResponseFacts {
  const body = record(data);
  const facts = noFacts();
  const candidates = list(body['candidates']).filter(isRecord);
  readEnvelope(body, facts);
  facts.finishReasons = reasonsOf(
    candidates.map(({ finishReason }) => text(finishReason)),
    body,
  );
  facts.output = () =>
    googleOutput(
      candidates.map((candidate) => ({
        parts: list(record(candidate['content'])['parts']),
        reason: text(candidate['finishReason']),
      })),
    );
  return facts;
}

/** Every chunk of a stream is an answer of its own; the counts of the last hold for all of it. */
export function generatedStreamReader(captureContent: boolean): StreamReader {
  const facts = noFacts();
  const answers: { parts: unknown[]; reason: string | undefined }[] = [];
  return {
    chunk(value) {
      const chunk = record(value);
      readEnvelope(chunk, facts);
      list(chunk['candidates'])
        .filter(isRecord)
        .forEach((candidate, position) => {
          const answer = (answers[integer(candidate['index']) ?? position] ??= {
            parts: [],
            reason: undefined,
          });
          answer.reason = text(candidate['finishReason']) ?? answer.reason;
          if (captureContent) answer.parts.push(...list(record(candidate['content'])['parts']));
        });
      facts.finishReasons =
        reasonsOf(
          answers.map((answer) => answer?.reason),
          chunk,
        ) ?? facts.finishReasons;
    },
    result() {
      facts.output = () => googleOutput(answers.filter((answer: Answer | undefined) => answer !== undefined));
      return facts;
    },
  };
}

function readEnvelope(body: UnknownRecord, facts: ResponseFacts): void {
  facts.id = text(body['responseId']) ?? facts.id;
  facts.model = text(body['modelVersion']) ?? facts.model;
  if (isRecord(body['usageMetadata'])) readUsage(body['usageMetadata'], facts);
}

/** Google counts the results of its own tools beside the prompt, and thoughts beside the answer; both are billed so. */
function readUsage(usage: UnknownRecord, facts: ResponseFacts): void {
  const thoughts = integer(usage['thoughtsTokenCount']);
  facts.inputTokens = sum(usage['promptTokenCount'], usage['toolUsePromptTokenCount']);
  facts.outputTokens = sum(usage['candidatesTokenCount'], thoughts);
  facts.cacheReadTokens = integer(usage['cachedContentTokenCount']);
  facts.reasoningTokens = thoughts;
  readModalities(usage['promptTokensDetails'], 'input', facts);
  readModalities(usage['candidatesTokensDetails'], 'output', facts);
  readModalities(usage['cacheTokensDetails'], 'cacheRead', facts);
}

function readModalities(details: unknown, kind: TokenKind, facts: ResponseFacts): void {
  for (const { modality, tokenCount } of list(details).map(record)) {
    const known = modalityOf(modality);
    if (known) noteModality(facts, known, kind, tokenCount);
  }
}

function sum(...counts: readonly unknown[]): number | undefined {
  const known = counts.map(integer).filter((count) => count !== undefined);
  return known.length > 0 ? known.reduce((total, count) => total + count, 0) : undefined;
}

/** A refused prompt has no candidate; the reason of the refusal stands in. */
function reasonsOf(reasons: readonly (string | undefined)[], body: UnknownRecord): string[] | undefined {
  const given = reasons.filter((reason) => reason !== undefined);
  if (given.length > 0) return given;
  const blocked = text(record(body['promptFeedback'])['blockReason']);
  return blocked === undefined ? undefined : [blocked];
}
