import type { Random } from '../random.ts';

export interface Device {
  id: string;
  type: 'ios' | 'android';
  model: string;
  os: { name: 'iOS' | 'Android'; version: string };
  token: string;
  pushEnabled: boolean;
  appVersion: string;
}

const IPHONES = ['iPhone 13', 'iPhone 14', 'iPhone 15', 'iPhone 15 Pro', 'iPhone 16', 'iPhone SE'];
const ANDROIDS = ['Pixel 7', 'Pixel 8', 'Galaxy S23', 'Galaxy A54', 'Redmi Note 12', 'OnePlus 11'];

export function makeDevice(random: Random): Device {
  const ios = random.chance(0.52);
  return {
    id: random.uuid(),
    type: ios ? 'ios' : 'android',
    model: random.pick(ios ? IPHONES : ANDROIDS),
    os: ios
      ? { name: 'iOS', version: random.pick(['17.6', '18.2', '18.5', '26.0']) }
      : { name: 'Android', version: random.pick(['13', '14', '15', '16']) },
    token: `sample-${random.uuid()}`,
    pushEnabled: random.chance(ios ? 0.58 : 0.81),
    appVersion: random.weighted([
      ['5.4.0', 6],
      ['5.3.2', 3],
      ['5.1.0', 1],
    ]),
  };
}
