'use strict';
const { SpanKind } = require('@opentelemetry/api');

/** Spans that count a model request: Arc's, and those an SDK makes by itself. */
exports.isInference = ({ instrumentationScope, name, kind, attributes }) =>
  (instrumentationScope.name === 'arc' && kind === SpanKind.CLIENT && 'gen_ai.provider.name' in attributes) ||
  name === 'anthropic.messages.create';
