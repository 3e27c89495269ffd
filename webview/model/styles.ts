import { base } from '../shared/baseStyle';
import { countStyle } from '../shared/countStyle';
import { notices } from '../shared/notices';
import { surfaces } from '../shared/surfaces';
import { tipStyle } from '../shared/tip';
import { mapStyle } from './styles/map';
import { memoryStyle } from './styles/memory';
import { page } from './styles/page';
import { partStyle } from './styles/part';
import { side } from './styles/side';

/** Constructable style sheets: they need no 'unsafe-inline'. */
export const styles = [base, surfaces, notices, tipStyle, countStyle, page, mapStyle, partStyle, side, memoryStyle];
