import test from 'ava';
import { PackError } from '../../src/contract/errors.js';
import type { Match } from '../../src/contract/pattern.js';
import type { RequestContext, RequestView } from '../../src/contract/request.js';
import { compilePattern } from '../../src/patterns/compile.js';
import { createFacts } from '../../src/patterns/facts.js';
import { createMatcher } from '../helpers/create-matcher.js';
import { definePattern } from '../../src/patterns/shorthand.js';
import { openaiRequest } from './requests.js';

const request = openaiRequest({ model: 'gpt-4' });

function matches(pattern: Match, context?: RequestContext): boolean {
  return matchesView(pattern, context ? { ...request, context } : request);
}

function matchesView(pattern: Match, view: RequestView): boolean {
  const compiled = compilePattern(definePattern({ pattern, fix: { temperature: 0.7 } }));
  return createMatcher([compiled]).match(createFacts(view), 0).length === 1;
}

test('context fields: hold for the values the application gave', (t) => {
  const given = { agent: 'support', pipeline: 'refunds', tags: ['eu', 'beta'] };
  t.true(matches({ 'context.agent': 'support', 'context.pipeline': { starts_with: 'ref' } }, given));
  t.true(matches({ 'context.tags': { contains: 'beta' } }, given));
  t.false(matches({ 'context.tags': { contains: 'be' } }, given));
  t.false(matches({ 'context.agent': 'billing' }, given));
});

test('context fields: are absent where the application gave none', (t) => {
  t.false(matches({ 'context.agent': 'support' }));
  t.false(matches({ 'context.tags': { exists: true } }, { agent: 'support' }));
  t.true(matches({ 'context.pipeline': { exists: false } }));
  t.true(matches({ not: { 'context.agent': 'support' } }, { agent: undefined }));
});

test('context fields: a misspelt one is refused with what was meant', (t) => {
  const refused = (pattern: Match): string =>
    t.throws(() => matches(pattern), { instanceOf: PackError }).message;
  t.regex(
    refused({ 'context.agnt': 'a' }),
    /unknown field "context\.agnt".*context\.agent.*params\.context\.agnt/,
  );
  for (const field of ['context', 'context.user', 'context.agent.name', 'context.tags.0']) {
    t.regex(refused({ [field]: 'a' }), /Accepted: context\.agent, context\.pipeline, context\.tags/, field);
  }
});

test('context fields: a parameter named context is still within reach', (t) => {
  const view = openaiRequest({ model: 'gpt-4', context: { agent: 'own' } });
  t.true(matchesView({ 'params.context.agent': 'own' }, view));
  t.false(matchesView({ 'context.agent': 'own' }, view));
});

test('context fields: no fix may write one', (t) => {
  const pattern = { api: 'openai.chat.completions', model: 'gpt-4' };
  const definition = { pattern, fix: [{ set: { 'context.agent': 'x' } }] };
  t.throws(() => definePattern(definition), { instanceOf: PackError, message: /unknown field "context"/ });
});
