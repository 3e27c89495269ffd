import { base } from '../shared/baseStyle';
import { countStyle } from '../shared/countStyle';
import { notices } from '../shared/notices';
import { surfaces } from '../shared/surfaces';
import { tipStyle } from '../shared/tip';
import { lengthsStyle } from './styles/lengths';
import { map } from './styles/map';
import { page } from './styles/page';

/** Constructable style sheets: they need no 'unsafe-inline'. */
export const styles = [base, surfaces, notices, tipStyle, countStyle, page, lengthsStyle, map];
