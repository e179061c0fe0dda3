import { trace, type Attributes, type Context } from '@opentelemetry/api';
import { ARC, EVENT_GUARDRAIL, EVENT_HAND_OFF } from '../../contract/names.js';
import { put, text, type UnknownRecord } from '../adapters/shape.js';

/** Notes on the agent's span that it passes the work on, as `handOff` does. The conventions have no span for it. */
export function noteHandOff(active: Context, data: UnknownRecord): void {
  const attributes: Attributes = {};
  put(attributes, ARC.handOffFrom, text(data['from_agent']));
  put(attributes, ARC.handOffTo, text(data['to_agent']));
  trace.getSpan(active)?.addEvent(EVENT_HAND_OFF, attributes);
}

/** Notes on the agent's span that a guardrail was asked, and what it said. The conventions have no span for it. */
export function noteGuardrail(active: Context, data: UnknownRecord): void {
  const attributes: Attributes = { [ARC.guardrailTriggered]: data['triggered'] === true };
  put(attributes, ARC.guardrailName, text(data['name']));
  trace.getSpan(active)?.addEvent(EVENT_GUARDRAIL, attributes);
}
