"use client";

import { useEffect, useState } from "react";

/** `of`: the question that was answered. `answer` is null when the server could not be reached. */
type Answered<Question, Answer> = { of: Question; answer: Answer | null };

/**
 * Asks the server once a question has stood for a while, and keeps the last answer until the next one. An answer to a
 * question that stands no longer is dropped. Null asks nothing.
 */
export function useAnswer<Question, Answer>(
  question: Question | null,
  { ask, delayMs }: { ask: (question: Question) => Promise<Answer>; delayMs: number },
): { answered: Answered<Question, Answer> | null; isPending: boolean } {
  const [answered, setAnswered] = useState<Answered<Question, Answer> | null>(null);
  useEffect(() => {
    if (question === null) return;
    let isStale = false;
    const timer = setTimeout(async () => {
      const answer = await ask(question).catch(() => null);
      if (!isStale) setAnswered({ of: question, answer });
    }, delayMs);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [question, ask, delayMs]);
  return {
    answered: question === null ? null : answered,
    isPending: question !== null && answered?.of !== question,
  };
}
