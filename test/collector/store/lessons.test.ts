import test from 'ava';
import { callSpan, LEARNED, learnedEvent, memoryStore } from '../fixtures.js';

const repaired = callSpan({
  'arc.decision': 'fix',
  'arc.pattern.id': LEARNED.id,
  'arc.patterns': [`${LEARNED.id}@1`],
});

test('listLessons: a pattern once, with how often it was learned, by whom, and what it did since', (t) => {
  const store = memoryStore(t);
  const first = callSpan({}, { events: [learnedEvent()] });
  const again = callSpan(
    {},
    {
      events: [{ ...learnedEvent(LEARNED, 'the latest words'), timeUs: 1_790_000_009_000_000 }],
      resource: { service: 'a, b', attributes: {} },
    },
  );
  store.writeSpans([again, first, repaired]);
  store.writeSpans([first]);
  const [lesson, ...others] = store.listLessons({});
  t.deepEqual(others, []);
  t.like(lesson, { patternId: LEARNED.id, pattern: LEARNED, times: 2, repaired: 1 });
  t.deepEqual([...(lesson?.services ?? [])].sort(), ['a, b', 'shop']);
  t.like(lesson?.example, { spanId: again.spanId, status: 400, message: 'the latest words' });
  t.true((lesson?.firstSeen ?? '') < (lesson?.lastSeen ?? ''));
  t.deepEqual(store.listLessons({ untilUs: 1_700_000_000_000_000 }), []);
});

test('listLessons: what is no pattern, or none that is learned, is left out', (t) => {
  const store = memoryStore(t);
  const { 'arc.learned.pattern': _, ...known } = learnedEvent().attributes;
  store.writeSpans([
    callSpan({}, { events: [learnedEvent(JSON.stringify(LEARNED).slice(0, 90))] }),
    callSpan({}, { events: [learnedEvent({ ...LEARNED, id: 'openai.own' })] }),
    callSpan({}, { events: [learnedEvent({ ...LEARNED, fix: [{ set: { stream: true } }] })] }),
    callSpan({}, { events: [{ ...learnedEvent(), name: 'other' }] }),
    callSpan({}, { events: [{ ...learnedEvent(), attributes: known }] }),
  ]);
  t.deepEqual(store.listLessons({}), []);
});
