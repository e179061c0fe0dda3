import { BroadcastChannel, getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import type { PatternDefinition } from '../../contract/pattern.js';
import { listOf, own } from '../../patterns/own.js';

/** The book whose lessons are exchanged. */
export interface ExchangedBook {
  known(): readonly PatternDefinition[];
  receive(lessons: readonly unknown[]): void;
}

/** The way from one thread of the process to the others. It never keeps a thread alive. */
export interface LessonExchange {
  /** Tells the others what was learned here. */
  tell(lesson: PatternDefinition): void;
  close(): void;
}

/** What is said: what was learned, or what is known already, by whom wants to hear the rest. */
type Message = { readonly lessons: readonly PatternDefinition[] } | { readonly knows: readonly string[] };

/** Name of the channel, and of what threads that are started later inherit. */
const NAME = 'arc.lessons';

/**
 * Joins a book with those of the other threads, and of other copies of Arc in this one. A thread is born with what the one
 * that starts it knows, so that its first call has it; what was learned between that and now it asks for.
 * @param failed - told what goes wrong when somebody else speaks.
 */
export function openLessonExchange(book: ExchangedBook, failed: (error: unknown) => void): LessonExchange {
  const channel = new BroadcastChannel(NAME);
  channel.unref();
  const say = (message: Message): void => channel.postMessage(message);
  const handDown = (): void => setEnvironmentData(NAME, [...book.known()]);
  channel.addEventListener('message', (event) => {
    try {
      hear(Reflect.get(event, 'data'));
    } catch (error) {
      failed(error);
    }
  });
  function hear(message: unknown): void {
    const lessons = listOf(own(message, 'lessons'));
    const knows = own(message, 'knows');
    if (lessons.length > 0) {
      book.receive(lessons);
      handDown();
    } else if (Array.isArray(knows)) answer(new Set<unknown>(knows));
  }
  function answer(knows: ReadonlySet<unknown>): void {
    const lessons = book.known().filter(({ id }) => !knows.has(id));
    if (lessons.length > 0) say({ lessons });
  }
  book.receive(listOf(getEnvironmentData(NAME)));
  handDown();
  say({ knows: book.known().map(({ id }) => id) });
  return {
    tell(lesson) {
      handDown();
      say({ lessons: [lesson] });
    },
    close() {
      channel.close();
      setEnvironmentData(NAME, undefined);
    },
  };
}
