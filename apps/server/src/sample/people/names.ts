import type { NameSet } from './places.ts';

/** A name as it is written, and in the letters of an e-mail address where they differ. */
interface Names {
  female: readonly string[];
  male: readonly string[];
  /** Where the two differ, as "she|he". */
  last: readonly string[];
}

/** Names of another script carry their Latin form after a colon. */
export const NAMES: Readonly<Record<NameSet, Names>> = {
  english: {
    female: split('Olivia Amelia Grace Hannah Chloe Zoe Naomi Maya Audrey Harper Fiona Imogen'),
    male: split('Noah Ethan Liam Marcus Owen Theo Julian Caleb Dylan Isaac Rory Declan'),
    last: split(
      "Bennett Carter Hughes O'Connor Foster Nguyen Reed Walsh Patel Brooks Ellis Sinclair Doyle Hart",
    ),
  },
  german: {
    female: split('Lena Johanna Käthe Frieda Miriam Anneke Jördis Sophie Greta Paula'),
    male: split('Jonas Björn Lukas Emil Jürgen Moritz Felix Götz Anton Henrik'),
    last: split('Schäfer Müller Weiß Brandt Köhler Vogt Lindner Groß Baumann Jäger Hoffmann'),
  },
  french: {
    female: split('Chloé Léa Zoé Inès Maëlys Hélène Océane Anaïs Juliette Solène'),
    male: split('Théo Loïc Rémi Maël Benoît François Étienne Hugo Noé Gaël'),
    last: split('Lefèvre Garçon Béranger Dubois Moreau Gauthier Chevalier Rousseau Delâge Noël'),
  },
  spanish: {
    female: split('Lucía Sofía Begoña Inés Ximena Noelia Valentina Rocío Ángela Belén'),
    male: split('Íñigo Álvaro José Martín Andrés Joaquín Rubén Óscar Nicolás Iker'),
    last: split('Muñoz Peña García Ibáñez Núñez Castaño Gutiérrez Domínguez Vázquez Ordóñez'),
  },
  ukrainian: {
    female: split(
      'Олена:olena Соломія:solomiia Дарина:daryna Ярина:yaryna Катерина:kateryna Злата:zlata Юлія:yuliia Марія:mariia Оксана:oksana Єва:yeva',
    ),
    male: split(
      'Тарас:taras Андрій:andrii Богдан:bohdan Матвій:matvii Олексій:oleksii Назар:nazar Юрій:yurii Святослав:sviatoslav Дмитро:dmytro Ілля:illia',
    ),
    last: split(
      'Шевченко:shevchenko Коваленко:kovalenko Бондар:bondar Ткачук:tkachuk Лисенко:lysenko Мельник:melnyk Гончарук:honcharuk Савчук:savchuk Поліщук:polishchuk Левицька|Левицький:levytska|levytskyi Сікорська|Сікорський:sikorska|sikorskyi',
    ),
  },
  polish: {
    female: split('Zofia Małgorzata Łucja Agnieszka Żaneta Halina Kinga Róża Bożena Iga'),
    male: split(
      'Łukasz Paweł Michał Grzegorz Stanisław Bartłomiej Wojciech Kacper Jędrzej Mikołaj',
    ),
    last: split(
      'Nowak Wiśniewska|Wiśniewski Dąbrowska|Dąbrowski Zając Król Wróbel Jabłońska|Jabłoński Wójcik Kaźmierczak Bąk',
    ),
  },
  portuguese: {
    female: split('Júlia Conceição Beatriz Letícia Antônia Heloísa Mariana Luísa Yasmin Débora'),
    male: split('João Antônio Caíque Thiago Sérgio Vinícius Caio Matheus Otávio Luís'),
    last: split('Gonçalves Araújo Simões Magalhães Conceição Barros Falcão Teixeira Brandão Sá'),
  },
  turkish: {
    female: split('Ayşe Zeynep Elif Çiğdem Gülşen Nur Şebnem Defne'),
    male: split('Ömer Çağlar Yiğit Emre Oğuz Barış Görkem Kerem'),
    last: split('Yılmaz Şahin Çelik Öztürk Güneş Doğan Işık Aydın'),
  },
  arabic: {
    female: split(
      'ليلى:layla مريم:maryam نور:nour سلمى:salma ياسمين:yasmin هدى:huda فاطمة:fatima دينا:dina',
    ),
    male: split(
      'عمر:omar يوسف:youssef كريم:karim أحمد:ahmed طارق:tarek خالد:khaled حسن:hassan زياد:ziad',
    ),
    last: split(
      'منصور:mansour السيد:elsayed حداد:haddad فاروق:farouk النجار:elnaggar شاهين:shahin عبدالله:abdallah صالح:saleh',
    ),
  },
  indian: {
    female: split('Ananya Priya Kavya Isha Meera Diya Sneha Riya'),
    male: split('Arjun Rohan Vikram Aditya Karthik Nikhil Sameer Dev'),
    last: split('Sharma Iyer Reddy Banerjee Kulkarni Menon Kapoor Deshmukh Rao'),
  },
  japanese: {
    female: split('陽菜:hina 結衣:yui さくら:sakura 美咲:misaki 葵:aoi 凛:rin'),
    male: split('蓮:ren 悠真:yuma 大翔:hiroto 健太:kenta 翔:sho 直樹:naoki'),
    last: split('佐藤:sato 鈴木:suzuki 高橋:takahashi 田中:tanaka 渡辺:watanabe 小林:kobayashi'),
  },
  swedish: {
    female: split('Åsa Märta Linnéa Ebba Frida Saga'),
    male: split('Björn Åke Gösta Viktor Nils Elias'),
    last: split('Lindström Åkesson Sjögren Öberg Nyström Bergqvist'),
  },
  dutch: {
    female: split('Sanne Femke Noor Maud Lotte Roos'),
    male: split('Daan Bram Sem Thijs Joris Ruben'),
    last: ['de Vries', 'van den Berg', 'Jansen', 'Bakker', 'Visser', "van 't Hof"],
  },
};

function split(names: string): string[] {
  return names.split(' ');
}

export interface WrittenName {
  name: string;
  /** Lower-case ASCII letters. */
  latin: string;
}

/** Reads an entry of the lists: "Левицька|Левицький:levytska|levytskyi". */
export function readName(entry: string, { female }: { female: boolean }): WrittenName {
  const [written = '', latin = written] = entry.split(':');
  const form = (forms: string): string => {
    const [she = '', he = she] = forms.split('|');
    return female ? she : he;
  };
  return { name: form(written), latin: toLatin(form(latin)) };
}

const LETTERS: Record<string, string> = { ß: 'ss', ł: 'l', ı: 'i', ø: 'o', đ: 'd', æ: 'ae' };

function toLatin(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[ßłıøđæ]/g, (letter) => LETTERS[letter]!)
    .normalize('NFD')
    .replaceAll(/[^a-z]/g, '');
}
