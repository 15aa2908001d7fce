import java.util.List;

/// A writing system with names as people there have them, how often it comes up, and what its
/// mailboxes and domains look like.
///
/// @param share of all users, in thousandths
/// @param given names
/// @param family names
/// @param joiner what is between the two
/// @param familyFirst whether the family name comes first
/// @param romanized what people put before the @ when it has to be ASCII
/// @param domain an internationalized domain in the script
record Script(
    int share,
    List<String> given,
    List<String> family,
    String joiner,
    boolean familyFirst,
    List<String> romanized,
    String domain) {

  static final List<Script> ALL =
      List.of(
          western(
              430,
              "Anna James Maria John Laura David Sarah Michael Emma Daniel Grace Oliver",
              "Smith Miller Johnson Brown Garcia Martin Wilson Taylor Moore O'Brien Clark Lewis",
              "anna james maria john laura david sarah michael",
              "bookshop.example"),
          western(
              180,
              "Zoë José François Jürgen Søren Łukasz Žofia Çağla Šárka Ingólfur Ștefan Đặng",
              "Ångström Müller Núñez Lefèvre Wałęsa Dvořák Yılmaz Þórsson Ionescu Nguyễn Kovács Õun",
              "zoe jose francois juergen soeren lukasz zofia cagla",
              "bücher.example"),
          western(
              70,
              "Анна Иван Ольга Дмитрий Ирина Андрій Милица Борис",
              "Иванова Петров Кузнецова Шевченко Јовановић Димитров Соколов Ковальчук",
              "anna ivan olga dmitri irina andrii milica boris",
              "пример.example"),
          western(
              30,
              "Ελένη Γιώργος Μαρία Νίκος Κατερίνα Δημήτρης",
              "Παπαδοπούλου Γεωργίου Οικονόμου Νικολαΐδη Αντωνίου Ιωάννου",
              "eleni giorgos maria nikos katerina dimitris",
              "παράδειγμα.example"),
          western(
              50,
              "فاطمة محمد عائشة أحمد ليلى يوسف",
              "الخطيب حسن النجار منصور العلي حداد",
              "fatima mohamed aisha ahmed layla youssef",
              "مثال.example"),
          western(
              12,
              "می‌نا علی زهرا رضا",
              "کریمی احمدی حسینی موسوی",
              "mina ali zahra reza",
              "نمونه.example"),
          western(
              18,
              "שרה דוד רחל יוסף נועה אברהם",
              "כהן לוי מזרחי פרץ ביטון פרידמן",
              "sarah david rachel yosef noa avraham",
              "דוגמה.example"),
          western(
              60,
              "प्रिया राहुल अनीता संजय क्षितिज लक्ष्मी",
              "शर्मा वर्मा गुप्ता पटेल सिंह मिश्रा",
              "priya rahul anita sanjay kshitij lakshmi",
              "उदाहरण.example"),
          western(
              14,
              "কবিতা রফিক শিরিন অরুণ",
              "চক্রবর্তী ইসলাম দাস রহমান",
              "kabita rafiq shirin arun",
              "উদাহরণ.example"),
          western(
              12,
              "கவிதா முருகன் லட்சுமி அருண்",
              "சுப்பிரமணியன் ராஜன் குமார் பாண்டியன்",
              "kavitha murugan lakshmi arun",
              "உதாரணம்.example"),
          eastern(
              60,
              "伟 芳 娜 秀英 敏 静 志强 晓明",
              "王 李 张 刘 陈 欧阳 赵 司马",
              "wei fang na xiuying min jing zhiqiang xiaoming",
              "例子.example"),
          eastern(
              30,
              "さくら ひなた 健太 美咲 翔太 エミリー",
              "佐藤 鈴木 高橋 田中 渡辺 山田",
              "sakura hinata kenta misaki shota emily",
              "例え.example"),
          eastern(
              20,
              "민준 서연 지우 하은 도윤 수아",
              "김 이 박 최 정 남궁",
              "minjun seoyeon jiwoo haeun doyun sua",
              "실례.example"),
          western(
              8,
              "สมชาย สุดา กมล วิภา",
              "ใจดี ศรีสุข ทองดี บุญมี",
              "somchai suda kamon wipa",
              "ตัวอย่าง.example"),
          western(
              3,
              "ნინო გიორგი თამარ",
              "ბერიძე კაპანაძე გელაშვილი",
              "nino giorgi tamar",
              "მაგალითი.example"),
          western(
              3,
              "Անի Արամ Մարիամ",
              "Սարգսյան Հակոբյան Գրիգորյան",
              "ani aram mariam",
              "օրինակ.example"));

  private static Script western(
      int share, String given, String family, String romanized, String domain) {
    return new Script(share, words(given), words(family), " ", false, words(romanized), domain);
  }

  private static Script eastern(
      int share, String given, String family, String romanized, String domain) {
    return new Script(share, words(given), words(family), "", true, words(romanized), domain);
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }
}
