/** Short forms with several meanings: the neighbours decide (as typed, marks off). What stays open is left as typed. */

interface Neighbours {
  readonly before: string;
  readonly after: string;
}

interface Reading {
  readonly before?: ReadonlySet<string>;
  readonly after?: ReadonlySet<string>;
  /** `true`: only straight after a figure (`5tr`, `100 k`). */
  readonly afterFigure?: true;
  readonly words: readonly string[];
}

const among = (list: string) => new Set(list.split(" "));

const ACCOUNT_BEFORE = among("mat hack lap tao cai khoa xoa vao so dang vo mo moi bi cuop trom them ban acc");
const PLATFORMS = among(
  "fb facebook zalo zl ins insta ig tiktok face bank game google mb momo tele gmail lq ff roblox clone ao phu",
);
const MONEY_BEFORE = among("bat doi cho da phai tien bao keu lo ep roi k tr cu truoc nho stk");
const MONEY_AFTER = among("cho tien truoc coc roi r xong het lai nham vao qua them 1 2 3 5 10 ngay bank stk");
const SCREEN_BEFORE = among("tren xem luot nghien acc app kenh dang choi coi nick live video clip tai qua");

const READINGS: ReadonlyMap<string, readonly Reading[]> = new Map(
  Object.entries<readonly Reading[]>({
    k: [{ afterFigure: true, words: ["nghìn"] }, { words: ["không"] }],
    tr: [{ afterFigure: true, words: ["triệu"] }, { words: ["trời"] }],
    đ: [{ afterFigure: true, words: ["đồng"] }, { words: ["đéo"] }],
    t: [{ afterFigure: true, words: ["tuổi"] }, { words: ["tao"] }],
    m: [{ words: ["mày"] }],
    e: [{ words: ["em"] }],
    a: [{ words: ["anh"] }],
    c: [{ words: ["chị"] }],
    b: [{ words: ["bạn"] }],
    n: [{ words: ["nó"] }],
    s: [{ words: ["sao"] }],
    h: [{ words: ["giờ"] }],
    th: [{ words: ["thôi"] }],
    ph: [{ words: ["phải"] }],
    bn: [
      { after: among("tuoi tien lau ng nguoi gio h lan nam tr k"), words: ["bao", "nhiêu"] },
      { words: ["bạn"] },
    ],
    bt: [
      { before: among("lam nop giai chep bai nhieu"), words: ["bài", "tập"] },
      { before: among("van nhu thay song mat noi"), words: ["bình", "thường"] },
      { words: ["biết"] },
    ],
    bh: [
      { before: among("den toi tu"), words: ["bây", "giờ"] },
      { after: among("moi ms thi het xong"), words: ["bao", "giờ"] },
      { words: ["bây", "giờ"] },
    ],
    mk: [
      { before: among("doi quen lo mat dat hoi xin dua cai nho biet bang go"), words: ["mật", "khẩu"] },
      { after: among("fb facebook wifi manh zalo ins acc nick cu moi"), words: ["mật", "khẩu"] },
      { words: ["mình"] },
    ],
    tk: [
      { before: ACCOUNT_BEFORE, words: ["tài", "khoản"] },
      { after: PLATFORMS, words: ["tài", "khoản"] },
      { words: ["thằng"] },
    ],
    ck: [
      { afterFigure: true, words: ["chuyển", "khoản"] },
      { before: MONEY_BEFORE, words: ["chuyển", "khoản"] },
      { after: MONEY_AFTER, words: ["chuyển", "khoản"] },
      { words: ["chồng"] },
    ],
    nt: [{ before: among("la kieu"), words: ["như", "thế"] }, { words: ["nhắn", "tin"] }],
    kb: [
      { before: among("xin loi moi doi gui nick dua nguoi ng ho bam huy qua an"), words: ["kết", "bạn"] },
      { after: among("zalo fb face ins vs voi zl facebook tren"), words: ["kết", "bạn"] },
      { words: ["không", "biết"] },
    ],
    tt: [
      { before: SCREEN_BEFORE, words: ["tiktok"] },
      { after: among("video clip acc shop"), words: ["tiktok"] },
    ],
    hk: [{ before: among("thi cuoi diem giua"), words: ["học", "kỳ"] }, { words: ["không"] }],
    hok: [{ before: among("di bai lop"), words: ["học"] }, { words: ["không"] }],
    dc: [{ before: among("tren nhom server app gr"), words: ["discord"] }, { words: ["được"] }],
    qh: [{ words: ["quan", "hệ"] }],
    tn: [{ before: among("nhan gui doc xoa bao"), words: ["tin", "nhắn"] }, { words: ["thế", "nào"] }],
    // The Centre's question words. Without these neighbours they are a tooth, spending, or "chị" typed without its mark.
    răng: [
      { before: among("lam vi noi phat thua nghi can noi tinh"), words: ["sao"] },
      { after: among("rua ma ri he cho lai mi chu hi ha roi bay"), words: ["sao"] },
    ],
    chi: [
      {
        before: among(
          "lam noi hoi viet co can muon vi cai biet so nghi uong nuoc man khong no dieu chuyen tro mua xem",
        ),
        words: ["gì"],
      },
      { after: among("rua mo ma do dau vay he ri"), words: ["gì"] },
    ],
    chửa: [{ before: among("co mang bung thai"), words: ["chửa"] }, { words: ["chưa"] }],
    hp: [{ before: among("dong tien no"), words: ["học", "phí"] }, { words: ["hạnh", "phúc"] }],
  }),
);

const FIGURE = /^\d[\d.,]*$/;

/** The words a short form stands for here, or null when it is no short form or stays open. */
export function readAmbiguous(token: string, near: Neighbours): readonly string[] | null {
  const readings = READINGS.get(token);
  if (readings === undefined) return null;
  return readings.find((reading) => suits(reading, near))?.words ?? null;
}

function suits(reading: Reading, near: Neighbours): boolean {
  if (reading.afterFigure === true) return FIGURE.test(near.before);
  if (reading.before !== undefined) return reading.before.has(near.before);
  if (reading.after !== undefined) return reading.after.has(near.after);
  return true;
}
