// The regions that numbers are written in: ISO 3166-1, and XK for Kosovo. 'AMN' is short for AM AN.
const IDS =
  'ADEFGILMORSTUWXZ BABDEFGHIJLMNOQRSTWYZ CACDFGHIKLMNORUVWXYZ DEJKMOZ ECEGHRST FIJKMOR GABDEFGHILMNPQRTUWY HKNRTU IDELMNOQRST ' +
  'JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ NACEFGILOPRUZ OM PAEFGHKLMRSTWY QA REOSUW SABCDEGHIJKLMNORSTVXYZ ' +
  'TCDGHJKLMNORTVWZ UAGSYZ VACEGINU WFS XK YET ZAMW';

let list = null;

// As the person's language names and sorts them.
export function regions() {
  if (list) return list;
  const names = new Intl.DisplayNames(undefined, { type: 'region' });
  const { compare } = new Intl.Collator();
  const ids = IDS.split(' ').flatMap(([first, ...rest]) => rest.map((second) => first + second));
  list = ids.map((id) => ({ id, name: names.of(id) })).sort((a, b) => compare(a.name, b.name));
  return list;
}
