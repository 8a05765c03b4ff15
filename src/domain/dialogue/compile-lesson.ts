import type { Bilingual } from "../taxonomy/speaker.ts";
import { Flow, type Step, type Voiced } from "./flow.ts";
import type { Lesson, QuizQuestion } from "./lesson.ts";

/** What every lesson says the same way. */
export interface LessonWords {
  readonly quiz_start: Bilingual;
  readonly quiz_next: Bilingual;
  readonly quiz_result: Bilingual;
  readonly quiz_again: Bilingual;
  readonly other_lessons: Bilingual;
  readonly menu: Bilingual;
  readonly right: Bilingual;
  readonly not_quite: Bilingual;
}

/** A lesson as an ordinary flow: it is spoken, walked, checked and left like any other. */
export function compileLesson(lesson: Lesson, words: LessonWords): Flow {
  const flow = flowOfLesson(lesson.lesson);
  const others = { flow: "learn_safety", ...words.other_lessons };
  const menu = { flow: "help_menu", ...words.menu };
  const steps: Record<string, unknown> = {
    first: {
      say: lesson.say,
      do: lesson.do,
      card: true,
      buttons: [{ go: "quiz", ...words.quiz_start }, others, menu],
    },
    quiz: { set: { score: "0" }, then: "q1" },
    end: { say: lesson.closing, buttons: [{ go: "quiz", ...words.quiz_again }, others, menu] },
  };
  for (const [index, question] of lesson.quiz.entries()) {
    const isLast = index === lesson.quiz.length - 1;
    Object.assign(
      steps,
      stepsOf(question, {
        name: `q${index + 1}`,
        words,
        onward: isLast ? { go: "end", ...words.quiz_result } : { go: `q${index + 2}`, ...words.quiz_next },
        menu,
      }),
    );
  }
  return Flow.parse({
    flow,
    title: lesson.title,
    reviewed: lesson.reviewed,
    facts: lesson.facts,
    start: "first",
    slots: { score: ["0", "1", "2", "3", "4", "5"] },
    steps,
  });
}

export function flowOfLesson(name: string): string {
  return `lesson_${name}`;
}

interface QuestionPlace {
  readonly name: string;
  readonly words: LessonWords;
  readonly onward: { readonly go: string } & Bilingual;
  readonly menu: { readonly flow: string } & Bilingual;
}

function stepsOf(
  question: QuizQuestion,
  { name, words, onward, menu }: QuestionPlace,
): Record<string, unknown> {
  return {
    [name]: {
      ask: question.ask,
      answers: question.answers.map(({ vi, en, right }) => ({
        go: right === true ? `${name}_count` : `${name}_no`,
        vi,
        en,
      })),
      buttons: [menu],
    },
    [`${name}_count`]: { add: "score", then: `${name}_yes` } satisfies Step,
    [`${name}_yes`]: { say: before(words.right, question.because), buttons: [onward, menu] },
    [`${name}_no`]: { say: before(words.not_quite, question.because), buttons: [onward, menu] },
  };
}

function before(opening: Bilingual, text: Voiced): Voiced {
  const join = (rest: Bilingual): Bilingual => ({
    vi: `${opening.vi} ${rest.vi}`,
    en: `${opening.en} ${rest.en}`,
  });
  return "vi" in text ? join(text) : { teen: join(text.teen), parent: join(text.parent) };
}
