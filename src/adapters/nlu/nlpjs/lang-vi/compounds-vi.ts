/** Frequent words of two syllables: "công an" is not "công" and "an". Read with marks and without. */
const WORDS = `công an, bố mẹ, ba mẹ, cha mẹ, ông bà, gia đình, nhà trường, học sinh, sinh viên, giáo viên, cô giáo, thầy giáo, phụ huynh, bạn bè,
bạn trai, bạn gái, người yêu, người lạ, người lớn, trẻ em, trẻ con, con trai, con gái, em trai, em gái, anh trai, chị gái, hàng xóm,
điện thoại, máy tính, tài khoản, mật khẩu, tin nhắn, nhắn tin, hình ảnh, bình luận, kết bạn, thông tin, cá nhân, địa chỉ, số nhà,
mạng xã, xã hội, lừa đảo, chuyển khoản, ngân hàng, tiền bạc, vay tiền, trả góp, cờ bạc, cá độ, nạp thẻ, trúng thưởng, quà tặng,
bắt nạt, bạo lực, đánh đập, đe dọa, tống tiền, quấy rối, xâm hại, lạm dụng, ép buộc, bắt cóc, buôn bán, tẩy chay, nói xấu, bóc phốt,
tự tử, tự sát, tự hại, rạch tay, chán sống, tuyệt vọng, trầm cảm, lo lắng, căng thẳng, áp lực, cô đơn, buồn bã, mất ngủ, sợ hãi,
bỏ nhà, ly hôn, chia tay, tình cảm, tình yêu, giới tính, đồng tính, mang thai, kinh nguyệt, ngoại hình, giảm cân, nhịn ăn,
tư vấn, giúp đỡ, tâm sự, tâm lý, bác sĩ, bệnh viện, luật pháp, pháp luật, xử phạt, tố cáo, báo cáo, bằng chứng, riêng tư, bảo mật,
đăng nhập, đăng ký, đăng bài, cài đặt, kiểm soát, giới hạn, độ tuổi, an toàn, nguy hiểm, thử thách, thuốc lá, ma túy, chất gây, tin giả`;

/** First syllable without marks → second syllables without marks. */
export const COMPOUNDS: ReadonlyMap<string, ReadonlySet<string>> = readCompounds();

function readCompounds(): Map<string, Set<string>> {
  const compounds = new Map<string, Set<string>>();
  for (const word of WORDS.split(",")) {
    const [first = "", second = ""] = withoutMarks(word).trim().split(/\s+/);
    compounds.set(first, (compounds.get(first) ?? new Set()).add(second));
  }
  return compounds;
}

export function withoutMarks(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D");
}
