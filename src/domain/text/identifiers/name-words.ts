/** Words that tell a Vietnamese name from other words, all in lower case. */

const set = (words: string) => new Set(words.trim().split(/\s+/));

export const FAMILY_NAMES = set(`
  nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn mai trịnh trương lâm tạ cao tô
  hà lương phùng tăng kiều châu thái quách vương đào từ la lưu thạch chu nghiêm triệu mạc khổng bạch lại hứa tống
  giang viên ninh thân doãn mạch sơn danh kim y`);

/** Without marks these are hardly ever anything else, so that "tran van nam" is a name in lower case too. */
export const BARE_FAMILY_NAMES = set("nguyen tran pham huynh");

/** Given names that are seldom a word of their own: after a title they count in lower case too. */
export const SURE_GIVEN_NAMES = set(`
  linh trang hương huyền hằng phượng hùng dũng tuấn cường khánh khang khôi vy thy trâm trinh quỳnh nhung huy tùng
  lan hạnh loan yến ngân uyên oanh diệp hiếu kiệt duyên khuê trúc tuyết vân diễm phúc ngọc đức thuý thúy
  huyen tuan quynh`);

/** The beginnings of words that only look like such a name ("trang web", "linh tinh"). */
export const COMPOUNDS = new Set(
  `trang web,trang chủ,trang điểm,trang phục,trang trí,trang bị,trang cá,trang mạng,trang này,trang đó,trang trại,
  linh tinh,anh dũng,ba trang,hai trang,trang giấy,lan cả,lan ra,lan khắp,lan truyền,lan tràn,lan rộng,linh dương,anh hùng,trang confession,trang fanpage,linh hồn,linh cảm,linh hoạt,linh vật,hương vị,hương thơm,hạnh phúc,hạnh kiểm,ngân hàng,ngân sách,
  vân tay,phúc lợi,kiệt sức,hiếu thảo,hiếu học,hiếu kì,hiếu kỳ,hùng hổ,duyên dáng,duyên số,quang cảnh,tuyết rơi,
  đức tính,đức hạnh,tùng xẻo,khánh thành,yến tiệc,thắng lợi,thành công,thành phố,bảo hiểm,bảo vệ,bảo mật,
  minh bạch,minh tinh,tiến bộ,tâm lý,tâm sự,tâm trạng,tâm thần,bình luận,bình thường,phong cách,nam giới,
  nam sinh,việt nam,thanh niên,thanh toán,hiền lành,thương em,thương con,thu phí,đăng nhập,đăng ký,đăng kí,đăng ảnh,đăng lên,đăng bài,đăng clip,thảo luận,thảo nào,châu á,châu âu`
    .split(",")
    .map((each) => each.trim()),
);

/** Given names that are believed when they begin with a capital inside a sentence. */
export const GIVEN_NAMES = set(`
  linh trang hương huyền hằng nga phượng hùng dũng tuấn cường khánh khang khôi vy thy trâm trinh quỳnh nhung huy duy
  quang tú tùng lan hạnh loan yến nhi ngân uyên thùy thuỳ oanh diệp hiếu hoàng kiệt luân nghĩa nguyên nhân phát dung
  phong quân quý tài thiện thịnh toàn trí trọng trung vinh vân diễm duyên giang khuê liên thảo trúc tuyết châu đăng
  đức hải khoa lâm long minh ngọc phúc sang sơn thành tiến tâm thanh bảo phương hân hậu đạt hoà hòa nam thắng việt
  tín lộc hưng kha my như ý ân ánh ngà thơ thắm tiên quyên hoài thương thuận hiền hà`);

/** After a title, a verb or "là" these are no name, however they are written. */
export const NO_NAMES = set(`
  là gì ai nào đó này kia ấy nó họ mình em anh chị bạn tôi tao mày con cháu bố ba mẹ má ông bà cô thầy chú bác dì cậu
  ơi à ạ nha nhé nè đây đấy vậy thế sao thì mà và với hay hoặc của cho bị được đang đã sẽ vẫn cũng không ko chưa chẳng
  có còn rất quá lắm rồi lại đi đến tới ra vào lên xuống về ở trong ngoài trên dưới trước sau khi nếu vì nên để từ
  nam nữ trai gái nội ngoại giáo hiệu chủ nhiệm trưởng phó lớp trường học sinh viên giám quản đốc công tổng đài
  toán tin hóa hoá sử địa gdcd thể dục nhạc họa công nghệ tiếng việt nhật hàn pháp thcs thpt ptth th tây tàu sài
  facebook zalo tiktok google youtube roblox instagram messenger telegram discord chatgpt gpt ad admin bot shopee lazada
  garena liên free fire minecraft viettel vinaphone mobifone gay les lgbt trans bi giả thật đầy đủ riêng chung
  tài khoản miền tuổi nhóm game nick cả hai thân cũ mới khác lạ quen yêu mười một người thành thạo tốt xấu
  cùng bàn chung trọ thuê khóa khoá cứ kể nói hỏi đòi gửi nhắn gọi đánh chửi doạ dọa ép bắt xin muốn biết thấy
  nghĩ thích ghét sợ buồn vui đau chết sống làm ăn ngủ chơi xem đọc viết hẹn gặp mất lấy đưa nhận trả mua bán
  nhà hàng bé lớn nhỏ già trẻ đẹp trăm luôn mới chỉ hết nhiều ít mấy nhiêu các những mọi từng mỗi
  i'm i'll i've the not in on at so very really just also only here there from and or but with of to is are am was my your his
  her their our important secret sad scared afraid sorry fine ok okay okey tired lost alone depressed suicidal sure
  gay lesbian bisexual vietnamese english american muslim christian male female boy girl student mom mum dad parent
  teacher being bullied going trying feeling getting having worried anxious angry done dead dying ill sick
  monday tuesday wednesday thursday friday saturday sunday january february march april june july august
  september october november december what who why how i you he she it we they this that if can could would should`);
/** Capitalised words of several parts that name nobody who could be found. Their letters alone, in lower case. */
export const KNOWN_TO_ALL = [
  "hồ chí minh",
  "việt nam",
  "hà nội",
  "sài gòn",
  "đà nẵng",
  "hải phòng",
  "cần thơ",
  "liên quân",
  "cao thủ",
  "hải dương",
  "bình dương",
  "an giang",
  "kiên giang",
  "hà giang",
  "tiền giang",
  "hậu giang",
  "bắc giang",
  "thái bình",
  "thanh hóa",
  "thái nguyên",
  "bình định",
  "ninh bình",
  "hòa bình",
  "quảng nam",
  "vĩnh long",
  "đồng nai",
  "lâm đồng",
  "tây ninh",
  "long an",
] as const;

/** Before a bare name with a capital these say that it is a town, a river or a language. */
export const BEFORE_A_PLACE = set(`
  ra vào ở bên miền lên sang tiếng chữ đi về cầu sông khu to in from near bến cửa khẩu xe khách đảo núi biển biên
  thuốc người nước chợ hồ ga chùa tỉnh vùng giọng`);
