import { Stopwords } from "@nlpjs/core";

/** Words that say nothing about a topic. Negations, pronouns and "bị" are no stop words: here they decide. */
const WORDS =
  "thì là mà và của những các một này kia đó ấy ở tại với cho vào ra lên xuống rằng ạ à nhé nha nhỉ cơ chứ vậy thế rất lắm quá cũng".split(
    " ",
  );

export class StopwordsVi extends Stopwords {
  constructor() {
    super();
    this.name = "stopwords-vi";
    this.build(WORDS);
  }
}
